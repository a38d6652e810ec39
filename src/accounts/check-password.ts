import { Injectable } from '@nestjs/common';
import { hashPassword, nobodysPassword, verifyPassword } from '../access/staff/passwords.js';
import { Turns } from '../access/limits/turns.js';

/** Passwords that are hashed at once in a process: each takes a core for some 30 ms, and 19 MiB. */
const AT_ONCE = 2;

/** Who waits behind so many others has an answer within a second; more are refused. */
const LONGEST_LINE = 40;

/** Hashes passwords, a few at a time: guessing must not take the processor from readers. */
@Injectable()
export class CheckPassword {
  private readonly turns = new Turns(AT_ONCE, LONGEST_LINE);

  /**
   * Whether a password is the one of which that was stored. Takes as long where nothing was: how fast an answer comes must
   * not tell whether there is an account.
   *
   * @throws VigieError UNAVAILABLE when too many ask at once
   */
  async isRight(stored: string | null | undefined, password: string): Promise<boolean> {
    const isRight = await this.turns.take(() => verifyPassword(stored ?? nobodysPassword(), password));
    return isRight && stored !== null && stored !== undefined;
  }

  /** What is stored of a new password. @throws VigieError UNAVAILABLE */
  hash(password: string): Promise<string> {
    return this.turns.take(() => hashPassword(password));
  }
}
