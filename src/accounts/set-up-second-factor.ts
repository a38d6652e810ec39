import { Inject, Injectable } from '@nestjs/common';
import { type Session, Sessions } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { invalid, refused } from '../core/errors.js';
import { Database } from '../database/database.js';
import { spendLinks } from '../database/statements/accounts/account-links.js';
import { endSessions } from '../database/statements/accounts/end-sessions.js';
import { lockSignIn } from '../database/statements/accounts/find-sign-in.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  lockSecondFactor,
} from '../database/statements/accounts/second-factor.js';
import type { ManagedTx, Tx } from '../database/tx.js';
import type { GivenCode } from './check-second-factor.js';
import { ConfirmSignIn } from './confirm-sign-in.js';
import { type Guess, Guesses } from './guesses.js';
import { ProveOwner } from './prove-owner.js';
import { makeRecoveryCodes } from './recovery-codes.js';
import { renewSession } from './renew-session.js';
import { SecondFactorSecrets } from './second-factor-secrets.js';
import type { AtTheDoor, GivenSession } from './sign-in.js';
import { inBase32, makeTotpSecret, totpStep, totpUri } from './totp.js';

/** A secret that is being set up, for an app. */
export interface OfferedSecret {
  /** Base32. */
  readonly secret: string;
  readonly uri: string;
}

/** What a session goes on with, once it has its second factor. */
export interface ConfirmedFactor {
  readonly given: GivenSession;
  readonly recoveryCodes: readonly string[];
}

/** Sets up a second factor: the app gets a secret, and proves with a code that it has it. */
@Injectable()
export class SetUpSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly secrets: SecondFactorSecrets,
    private readonly owner: ProveOwner,
    private readonly signIn: ConfirmSignIn,
    private readonly guesses: Guesses,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'accounts'>,
  ) {}

  /**
   * A new secret, in force once `confirm` saw a code of it, within the hour. Whoever has a second factor keeps it until then,
   * and must prove that they do. A session that waits for the setting up needs no proof: its password was just given.
   *
   * @throws VigieError INVALID, RATE_LIMITED, CONFLICT when the account changed meanwhile
   */
  async begin(
    { stage, caller }: Session,
    proof: GivenCode & { readonly password?: string },
    who: AtTheDoor,
  ): Promise<OfferedSecret> {
    const offer = async (tx: Tx): Promise<OfferedSecret> => {
      const secret = makeTotpSecret();
      await beginSecondFactor(tx, caller.staffId, this.secrets.keep(caller.staffId, secret));
      return { secret: inBase32(secret), uri: totpUri(secret, caller.email) };
    };
    if (stage === 'full') return this.owner.byAll(caller, proof, who, offer);
    return this.database.inTransaction(async (tx) => {
      const now = await lockSignIn(tx, caller.staffId);
      // Another session of theirs was faster: without proof it is not replaced.
      if (now?.hasSecondFactor === true)
        throw refused('CONFLICT', 'has-second-factor', 'There is a second factor by now.');
      return offer(tx);
    });
  }

  /**
   * Puts it into force. Whoever is signed in elsewhere, without it, is out, and links that there were are spent. Wrong codes count as
   * guesses: whoever found the session would try them all within the hour, and have an app that is not the owner's.
   *
   * @returns the session by its new cookie, and new recovery codes
   * @throws VigieError INVALID for a wrong code, RATE_LIMITED, CONFLICT when nothing is being set up
   */
  async confirm(session: Session, code: string, who: AtTheDoor): Promise<ConfirmedFactor> {
    const guess = await this.guesses.take('code', session.caller.email, who.sender);
    const confirmed = await this.guesses.meanwhile(guess, () =>
      this.database.inTransaction((tx) => this.putIntoForce(tx, session, code, who, guess)),
    );
    if (confirmed === null)
      throw invalid('/code', 'This code is not right. Is the clock of the device right?');
    return confirmed;
  }

  /** @returns null for a wrong code */
  private async putIntoForce(
    tx: ManagedTx,
    session: Session,
    code: string,
    who: AtTheDoor,
    guess: Guess,
  ): Promise<ConfirmedFactor | null> {
    const { staffId, email } = session.caller;
    await lockSignIn(tx, staffId);
    const factor = await lockSecondFactor(tx, staffId);
    if (factor?.nextSecret === undefined || factor.nextSecret === null) {
      const detail = 'Nothing is being set up, or an hour has passed: begin anew.';
      throw refused('CONFLICT', 'set-up-over', detail);
    }
    const step = totpStep(this.secrets.open(staffId, factor.nextSecret), code, factor.now);
    if (step === null) return null;
    await confirmSecondFactor(tx, staffId, step);
    const recoveryCodes = await makeRecoveryCodes(tx, staffId);
    spendLinks(tx, staffId);
    const { idleMinutes } = this.config.accounts;
    const sessionsEnded = await endSessions(tx, staffId, idleMinutes, { except: session.id });
    const data = { browser: who.browser, replaced: factor.secret !== null, sessionsEnded };
    await noteAccountEvent(tx, { type: 'second-factor-set', staffId, by: { staffId }, data });
    if (session.stage === 'full') {
      const given = await renewSession(tx, this.sessions, session);
      await this.guesses.giveBack(tx, guess);
      return { given, recoveryCodes };
    }
    const given = await this.signIn.finish(tx, session, who, 'set-up');
    await this.guesses.forgive(tx, email, who.sender);
    return { given, recoveryCodes };
  }
}
