import { Controller, Delete, Get, HttpCode, Inject, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowSession, CurrentSession } from '../access/allow.js';
import { Sealed } from '../access/sealing/sealed.js';
import type { Session } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { SessionList } from '../contract/session.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import { listSessions } from '../database/statements/accounts/list-sessions.js';
import { browserParts } from './browser-words.js';
import { EndSession } from './end-session.js';
import { MOST_SESSIONS } from './make-room.js';

/** Where somebody is signed in: their own sessions, and nobody else's. */
@ApiTags('Accounts')
@Controller('v1/sessions')
export class SessionsController {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
    private readonly ending: EndSession,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts'>,
  ) {}

  @ApiOperation({
    summary: 'Where you are signed in',
    description: 'At most 50 sessions: beyond, the one that was not used for longest ends.',
  })
  @ApiOkResponse({ type: SessionList })
  @AllowSession('full')
  @Get()
  async list(@CurrentSession() { id: own, caller }: Session): Promise<SessionList> {
    const { idleMinutes } = this.config.accounts;
    const rows = await listSessions(this.database, caller.staffId, idleMinutes, MOST_SESSIONS);
    return {
      items: rows.map(({ id, browser, createdAt, seenAt }) => ({
        id: this.sealed.id('ses', id),
        browser,
        browserName: browserParts(browser).name,
        system: browserParts(browser).system,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        current: id === own,
      })),
    };
  }

  @ApiOperation({ summary: 'Sign out everywhere else' })
  @ApiNoContentResponse()
  @AllowSession('full')
  @HttpCode(204)
  @Delete()
  async endOthers(@CurrentSession() session: Session): Promise<void> {
    await this.ending.endOthers(session);
  }

  @ApiOperation({
    summary: 'End one of your sessions',
    description: 'It opens nothing from the answer on. One that is over already stays so: 204 again.',
  })
  @ApiNoContentResponse()
  @AllowSession('full')
  @HttpCode(204)
  @Delete(':id')
  async endOne(@CurrentSession() { caller }: Session, @Param('id') session: string): Promise<void> {
    const sessionId = this.sealed.databaseId('ses', session);
    if (sessionId === null) throw notFound('session');
    await this.ending.endOne(caller.staffId, sessionId);
  }
}
