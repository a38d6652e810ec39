import { Inject, Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import type { SessionStage } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { NextStepAnswer, SessionAnswer } from '../contract/session.js';
import { Database } from '../database/database.js';
import { readSessionOwner } from '../database/statements/accounts/read-session.js';

/** What is shown of a session. */
export interface ShownSession {
  readonly staffId: string;
  readonly stage: SessionStage;
  readonly expiresAt: Date;
  readonly csrfToken: string;
}

/** Tells who is signed in who they are, and who is not yet what is missing. */
@Injectable()
export class ShowSession {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts' | 'leaseSeconds'>,
  ) {}

  async show(session: ShownSession): Promise<SessionAnswer | NextStepAnswer> {
    const { stage, csrfToken } = session;
    return stage === 'full' ? this.showFull(session) : { next: stage, csrfToken };
  }

  /** Of a session whose stage is `full`. */
  async showFull({ staffId, expiresAt, csrfToken }: Omit<ShownSession, 'stage'>): Promise<SessionAnswer> {
    const owner = await readSessionOwner(this.database, staffId);
    if (owner === undefined) throw new Error('the owner of a session is gone');
    const { email, admin, legal, secondFactor, sites } = owner;
    return {
      staff: { id: this.sealed.id('stf', staffId), email },
      admin,
      legal,
      sites: sites.map((site) => ({ ...site, id: this.sealed.id('sit', site.id) })),
      secondFactor,
      csrfToken,
      expiresAt: expiresAt.toISOString(),
      idleSeconds: this.config.accounts.idleMinutes * 60,
      leaseSeconds: this.config.leaseSeconds,
    };
  }
}
