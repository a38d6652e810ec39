import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { type FieldError, invalid, refused, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { findSignIn, lockSignIn } from '../database/statements/accounts/find-sign-in.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { noteAtTheDoor } from '../database/statements/accounts/note-at-the-door.js';
import type { ManagedTx, Tx } from '../database/tx.js';
import { failedSignIns } from '../telemetry/measures.js';
import { CheckPassword } from './check-password.js';
import {
  checkOneCode,
  CheckSecondFactor,
  type GivenCode,
  type ProvenBy,
  wrongCode,
} from './check-second-factor.js';
import { Guesses } from './guesses.js';
import type { AtTheDoor } from './sign-in.js';

type Owner = Pick<StaffCaller, 'staffId' | 'email'>;

/**
 * Asks who has a session to prove that they are its owner, where having it is not enough: whoever finds a computer on which somebody
 * is signed in must not be able to make a token there, say. Wrong answers count as guesses.
 */
@Injectable()
export class ProveOwner {
  constructor(
    private readonly database: Database,
    private readonly passwords: CheckPassword,
    private readonly factor: CheckSecondFactor,
    private readonly guesses: Guesses,
  ) {}

  /**
   * That they know their password; what is stored of it.
   *
   * @param pointer of the field in which it came
   * @throws VigieError INVALID at the pointer, RATE_LIMITED, UNAVAILABLE
   */
  async byPassword(
    { staffId, email }: Owner,
    password: string,
    pointer: string,
    { sender, browser }: AtTheDoor,
  ): Promise<string> {
    const guess = await this.guesses.take('password', email, sender);
    const stored = (await findSignIn(this.database, email))?.passwordHash ?? null;
    const isRight = await this.guesses.meanwhile(guess, () => this.passwords.isRight(stored, password));
    if (!isRight || stored === null) {
      await this.noteFailure(this.database, staffId, 'password', browser);
      throw invalid(pointer, 'This is not your password.');
    }
    await this.database.inTransaction((tx) => this.guesses.giveBack(tx, guess));
    return stored;
  }

  /**
   * That they have their second factor; then `work`, in the transaction in which the code is spent.
   *
   * @param more.signsIn does that finish a sign-in? Then what was wrong before is forgotten.
   * @param more.stored what `byPassword` said: the account must still have that password
   * @throws VigieError INVALID for a wrong code, RATE_LIMITED, CONFLICT when the password was changed meanwhile; and what
   *   `work` throws
   */
  async byCode<T>(
    { staffId, email }: Owner,
    given: GivenCode,
    { sender, browser }: AtTheDoor,
    work: (tx: ManagedTx, proven: ProvenBy) => Promise<T>,
    { signsIn = false, stored }: { readonly signsIn?: boolean; readonly stored?: string } = {},
  ): Promise<T> {
    checkOneCode(given);
    const guess = await this.guesses.take('code', email, sender);
    const outcome = await this.guesses.meanwhile(guess, () =>
      this.database.inTransaction(async (tx) => {
        // Accounts are locked before what is theirs.
        const now = await lockSignIn(tx, staffId);
        if (stored !== undefined && now?.passwordHash !== stored) throw changedMeanwhile();
        const proven = await this.factor.spend(tx, staffId, given);
        if (proven === null) {
          await this.noteFailure(tx, staffId, 'code', browser);
          return null;
        }
        if (proven.by === 'recovery-code') {
          const { left } = proven;
          await noteAccountEvent(tx, {
            type: 'recovery-code-used',
            staffId,
            by: { staffId },
            data: { left },
          });
        }
        const result = await work(tx, proven);
        // Counts are locked last: others of the same network wait for them.
        if (signsIn) await this.guesses.forgive(tx, email, sender);
        else await this.guesses.giveBack(tx, guess);
        return { result };
      }),
    );
    if (outcome === null) throw wrongCode(given);
    return outcome.result;
  }

  /**
   * That they know their password and, where one is set up, have their second factor; then `work`, in one transaction.
   *
   * @throws VigieError INVALID at /password and /code, RATE_LIMITED, CONFLICT when the account changed meanwhile; and what
   *   `work` throws
   */
  async byAll<T>(
    owner: Owner,
    { password, ...code }: GivenCode & { readonly password?: string },
    who: AtTheDoor,
    work: (tx: ManagedTx) => Promise<T>,
  ): Promise<T> {
    const hasFactor = (await findSignIn(this.database, owner.email))?.hasSecondFactor === true;
    const missing: FieldError[] = [];
    if (password === undefined) missing.push({ pointer: '/password', detail: 'Send your password.' });
    if (hasFactor && code.code === undefined && code.recoveryCode === undefined) {
      missing.push({ pointer: '/code', detail: 'Send a code of your second factor.' });
    }
    const [first] = missing;
    if (password === undefined || first !== undefined) {
      throw new VigieError('INVALID', first?.detail ?? 'Send your password.', missing);
    }
    if (hasFactor) checkOneCode(code);
    const stored = await this.byPassword(owner, password, '/password', who);
    if (hasFactor) return this.byCode(owner, code, who, work, { stored });
    return this.database.inTransaction(async (tx) => {
      const now = await lockSignIn(tx, owner.staffId);
      if (now?.passwordHash !== stored || now.hasSecondFactor) throw changedMeanwhile();
      return work(tx);
    });
  }

  private noteFailure(
    tx: Pick<Tx, 'query'>,
    staffId: string,
    step: 'password' | 'code',
    browser: string,
  ): Promise<void> {
    failedSignIns.inc({ step });
    return noteAtTheDoor(tx, { type: 'sign-in-failed', staffId, data: { step, browser } });
  }
}

/** The password was right when it was looked at, and is another one by now: who knew that one is not the owner any more, maybe. */
const changedMeanwhile = (): VigieError =>
  refused('CONFLICT', 'account-changed', 'Your account was changed meanwhile: try again.');
