import { Inject, Injectable } from '@nestjs/common';
import { type Session, Sessions } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { raiseSession } from '../database/statements/accounts/keep-sessions.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import type { Tx } from '../database/tx.js';
import type { GivenCode, ProvenBy } from './check-second-factor.js';
import { endWhatIsTooMany } from './make-room.js';
import { ProveOwner } from './prove-owner.js';
import type { AtTheDoor, GivenSession } from './sign-in.js';

/** Finishes a sign-in that waited: the session opens everything then, by another cookie. */
@Injectable()
export class ConfirmSignIn {
  constructor(
    private readonly sessions: Sessions,
    private readonly owner: ProveOwner,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts'>,
  ) {}

  /**
   * By the code of the second factor.
   *
   * @throws VigieError INVALID for a wrong code, RATE_LIMITED after too many
   */
  byCode(session: Session, given: GivenCode, who: AtTheDoor): Promise<GivenSession> {
    const finish = (tx: Tx, { by }: ProvenBy) => this.finish(tx, session, who, by);
    return this.owner.byCode(session.caller, given, who, finish, { signsIn: true });
  }

  /**
   * Whatever was missing is there.
   *
   * @param how is said in the log
   */
  async finish(
    tx: Tx,
    { id, stage, caller: { staffId } }: Session,
    { browser }: Pick<AtTheDoor, 'browser'>,
    how: 'totp' | 'recovery-code' | 'set-up',
  ): Promise<GivenSession> {
    const { token, hash } = this.sessions.makeToken();
    const kept = await raiseSession(tx, id, stage, hash, this.config.accounts.sessionHours * 60);
    if (kept === undefined) throw sessionIsOver();
    await endWhatIsTooMany(tx, staffId, this.config.accounts.idleMinutes);
    const data = { browser, secondFactor: how };
    await noteAccountEvent(tx, { type: 'signed-in', staffId, by: { staffId }, data });
    return { ...kept, staffId, stage: 'full', csrfToken: this.sessions.csrfToken(hash), token };
  }
}

/** It ended while it was asked. */
export const sessionIsOver = (): VigieError =>
  new VigieError('UNAUTHENTICATED', 'Your session is over, or was ended: sign in again.');
