import { Inject, Injectable } from '@nestjs/common';
import type { Sender } from '../access/readers/networks.js';
import { Sessions, type SessionStage } from '../access/staff/sessions.js';
import { CONFIG } from '../config/config.module.js';
import type { AccountSettings, VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { findSignIn, lockSignIn, type SignInRow } from '../database/statements/accounts/find-sign-in.js';
import { insertSession } from '../database/statements/accounts/keep-sessions.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { noteAtTheDoor } from '../database/statements/accounts/note-at-the-door.js';
import type { Tx } from '../database/tx.js';
import { failedSignIns } from '../telemetry/measures.js';
import { CheckPassword } from './check-password.js';
import { Guesses, type Guess } from './guesses.js';
import { endReplaced, endWhatIsTooMany } from './make-room.js';

/** Somebody at the door. */
export interface AtTheDoor {
  readonly sender: Sender;
  /** In words: `browserWords`. */
  readonly browser: string;
  /** What its cookie holds, if it has one. */
  readonly cookie?: string | undefined;
}

/** A session that was begun or went on, with what its new cookie holds. */
export interface GivenSession {
  readonly id: string;
  readonly staffId: string;
  readonly stage: SessionStage;
  readonly expiresAt: Date;
  readonly csrfToken: string;
  readonly token: string;
}

/** How long the second step may take, in minutes: a telephone has to be found. */
const WAITING_MINUTES = 10;

/** Signs people in, as far as an e-mail address and a password do. */
@Injectable()
export class SignIn {
  private readonly settings: AccountSettings;

  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly passwords: CheckPassword,
    private readonly guesses: Guesses,
    @Inject(CONFIG) { accounts }: Pick<VigieConfig, 'accounts'>,
  ) {
    this.settings = accounts;
  }

  /**
   * A session for who knows the password. An unknown address, an account that was closed and one that has no password yet
   * get the answer of a wrong password, after the same work.
   *
   * @throws VigieError UNAUTHENTICATED, RATE_LIMITED after too many wrong ones, UNAVAILABLE when too many ask at once
   */
  async signIn(
    given: { readonly email: string; readonly password: string },
    who: AtTheDoor,
  ): Promise<GivenSession> {
    const email = given.email.trim().toLowerCase();
    const guess = await this.guesses.take('password', email, who.sender);
    const found = await findSignIn(this.database, email);
    const isRight = await this.guesses.meanwhile(guess, () =>
      this.passwords.isRight(found?.disabled === true ? null : found?.passwordHash, given.password),
    );
    if (found !== undefined && isRight) {
      const begun = await this.database.inTransaction((tx) => this.begin(tx, found, guess, who));
      if (begun !== null) return begun;
    }
    failedSignIns.inc({ step: 'password' });
    await noteAtTheDoor(this.database, {
      type: 'sign-in-failed',
      staffId: found?.staffId ?? null,
      data: { step: 'password', browser: who.browser },
    });
    throw new VigieError('UNAUTHENTICATED', 'The e-mail address or the password is not right.');
  }

  /** @returns null when the password was changed, or the account closed, while it was looked at */
  private async begin(
    tx: Tx,
    { staffId, email, passwordHash }: SignInRow,
    guess: Guess,
    { browser, sender, cookie }: AtTheDoor,
  ): Promise<GivenSession | null> {
    const now = await lockSignIn(tx, staffId);
    if (now === undefined || now.disabled || now.passwordHash !== passwordHash) return null;
    const { idleMinutes } = this.settings;
    if (cookie !== undefined) {
      await endReplaced(tx, this.sessions.hashOf(cookie), { staffId }, idleMinutes);
    }
    const stage = this.stageOf(now);
    const { token, hash } = this.sessions.makeToken();
    const minutes = stage === 'full' ? this.settings.sessionHours * 60 : WAITING_MINUTES;
    const { id, expiresAt } = await insertSession(tx, { staffId, hash, stage, browser, minutes });
    if (stage === 'full') {
      await endWhatIsTooMany(tx, staffId, idleMinutes);
      await this.guesses.forgive(tx, email, sender);
      await noteAccountEvent(tx, {
        type: 'signed-in',
        staffId,
        by: { staffId },
        data: { browser, secondFactor: 'none' },
      });
    } else {
      // Who knows the password may still guess codes: what they guessed wrong before stays.
      await this.guesses.giveBack(tx, guess);
      // Should it not be its owner, nothing else tells them that somebody knows it.
      await noteAtTheDoor(tx, { type: 'password-right', staffId, data: { browser, next: stage } });
    }
    return { id, staffId, stage, expiresAt, csrfToken: this.sessions.csrfToken(hash), token };
  }

  private stageOf({ hasSecondFactor }: SignInRow): SessionStage {
    if (hasSecondFactor) return 'totp';
    return this.settings.secondFactor === 'required' ? 'enrol' : 'full';
  }
}
