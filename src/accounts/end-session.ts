import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import { endSessions, hasSession } from '../database/statements/accounts/end-sessions.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';

/** Ends somebody's own sessions. Whoever comes by one of them is refused from then on, in every process. */
@Injectable()
export class EndSession {
  private readonly idleMinutes: number;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) { accounts }: Pick<VigieConfig, 'accounts'>,
  ) {
    this.idleMinutes = accounts.idleMinutes;
  }

  /** Signs out. */
  async signOut({ id, caller: { staffId } }: Session): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const ended = await endSessions(tx, staffId, this.idleMinutes, { only: id });
      if (ended > 0) await noteAccountEvent(tx, { type: 'signed-out', staffId, by: { staffId } });
    });
  }

  /** Ends one of their sessions; one that is over stays so. @throws VigieError NOT_FOUND when there is none of theirs */
  async endOne(staffId: string, sessionId: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const ended = await endSessions(tx, staffId, this.idleMinutes, { only: sessionId });
      if (ended === 0 && !(await hasSession(tx, staffId, sessionId))) throw notFound('session');
      if (ended === 0) return;
      await noteAccountEvent(tx, { type: 'session-ended', staffId, by: { staffId }, data: { sessions: 1 } });
    });
  }

  /** Ends all but the one that asks. */
  async endOthers({ id, caller: { staffId } }: Session): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const sessions = await endSessions(tx, staffId, this.idleMinutes, { except: id });
      if (sessions === 0) return;
      await noteAccountEvent(tx, { type: 'session-ended', staffId, by: { staffId }, data: { sessions } });
    });
  }
}
