import { deriveKey } from '../config/secret.js';
import { HmacSha256 } from '../access/sealing/hmac.js';
import type { Networks, Sender } from '../access/readers/networks.js';
import { rateLimited } from '../core/errors.js';
import type { Database } from '../database/database.js';
import {
  addGuess,
  forgetGuesses,
  isSignInPlace,
  lockGuesses,
  noteSignInPlace,
  takeBackGuesses,
} from '../database/statements/accounts/sign-in-failures.js';
import type { Tx } from '../database/tx.js';
import { guessDelay, type GuessedBy, type GuessedWhat } from './guess-delays.js';

/** An attempt that was counted as a wrong one before anybody looked whether it is. */
export interface Guess {
  readonly what: GuessedWhat;
  readonly email: string;
  readonly network: string;
  /** Does the account sign in from there? Then nobody else's guesses hold it up. */
  readonly isHome: boolean;
}

type Key = readonly [by: GuessedBy, key: Buffer];

const KEY_BYTES = 16;

const WRONG: Readonly<Record<GuessedWhat, string>> = { password: 'passwords', code: 'codes' };

/**
 * Makes guessing slow: wrong passwords and codes are counted for the account, for the network, and for both together, in
 * Postgres, so that all processes count as one. Each attempt is counted before it is looked at, and taken back when it was
 * right: of many at once no more get through than of those that come in turn.
 */
export class Guesses {
  private readonly hmac: HmacSha256;

  constructor(
    secret: Buffer,
    private readonly database: Pick<Database, 'inTransaction'>,
    private readonly networks: Pick<Networks, 'placeOf'>,
  ) {
    this.hmac = new HmacSha256(deriveKey(secret, 'sign-in failures'));
  }

  /**
   * Counts an attempt. Whoever has to wait is refused, and does not wait the longer for it.
   *
   * @param email as it was typed, in lower case: whether there is such an account makes no difference
   * @throws VigieError RATE_LIMITED
   */
  take(what: GuessedWhat, email: string, sender: Sender): Promise<Guess> {
    const { narrow: network } = this.networks.placeOf(sender);
    return this.database.inTransaction(async (tx) => {
      const isHome = await isSignInPlace(tx, this.homeKey(email, network));
      const guess = { what, email, network, isHome };
      const keys = this.keysOf(guess);
      const counts = await lockGuesses(
        tx,
        keys.map(([, key]) => key),
      );
      const waits = keys.map(([by, key]) => {
        const { failures = 0, since = 0 } = counts.get(key.toString('hex')) ?? {};
        return guessDelay(what, by, failures) - since;
      });
      const seconds = Math.ceil(Math.max(...waits));
      if (seconds > 0) {
        throw rateLimited(`Too many wrong ${WRONG[what]}. Try again in ${inWords(seconds)}.`, seconds);
      }
      await addGuess(
        tx,
        keys.map(([, key]) => key),
      );
      return guess;
    });
  }

  /** What `look` says; should it fail, nobody was wrong. */
  async meanwhile<T>(guess: Guess, look: () => Promise<T>): Promise<T> {
    try {
      return await look();
    } catch (error) {
      await this.database.inTransaction((tx) => this.giveBack(tx, guess));
      throw error;
    }
  }

  /** It was right, which says nothing of those before it. */
  async giveBack(tx: Tx, guess: Guess): Promise<void> {
    const keys = this.keysOf(guess).map(([, key]) => key);
    await takeBackGuesses(tx, keys, 1);
    await forgetGuesses(tx, [], keys);
  }

  /**
   * Its owner has signed in: what was guessed wrong from here for this account was theirs, and is forgotten everywhere. What
   * others guessed, elsewhere, stays. From now on they do not hold up this account here.
   */
  async forgive(tx: Tx, email: string, sender: Sender): Promise<void> {
    await this.forget(tx, ['password', 'code'], email, sender);
    await noteSignInPlace(tx, this.homeKey(email, this.networks.placeOf(sender).narrow));
  }

  /**
   * Its owner has another password: wrong ones from here are forgotten, for this account. Codes are not, and the place is none
   * from which they sign in: whoever got hold of a link may still have to guess those.
   */
  forgivePasswords(tx: Tx, email: string, sender: Sender): Promise<void> {
    return this.forget(tx, ['password'], email, sender);
  }

  private async forget(tx: Tx, whats: readonly GuessedWhat[], email: string, sender: Sender): Promise<void> {
    const { narrow: network } = this.networks.placeOf(sender);
    const ofNetwork = this.key('network', network);
    const ofAccount = whats.map((what) => this.ofAccount(what, email, network));
    const pairs = ofAccount.map(({ pair }) => pair);
    const isHome = await isSignInPlace(tx, this.homeKey(email, network));
    const all = [...pairs, ...ofAccount.map(({ account }) => account), ofNetwork];
    const counts = await lockGuesses(tx, all);
    if (!isHome) {
      for (const { pair, account } of ofAccount) {
        const wrong = counts.get(pair.toString('hex'))?.failures ?? 0;
        if (wrong > 0) await takeBackGuesses(tx, [account, ofNetwork], wrong);
      }
    }
    await forgetGuesses(tx, pairs, all);
  }

  private keysOf({ what, email, network, isHome }: Guess): Key[] {
    const { pair, account } = this.ofAccount(what, email, network);
    if (isHome) return [['pair', pair]];
    return [
      ['pair', pair],
      ['account', account],
      ['network', this.key('network', network)],
    ];
  }

  private ofAccount(what: GuessedWhat, email: string, network: string): { pair: Buffer; account: Buffer } {
    return { pair: this.key('pair', what, email, network), account: this.key('account', what, email) };
  }

  private homeKey(email: string, network: string): Buffer {
    return this.key('home', email, network);
  }

  private key(...name: readonly string[]): Buffer {
    return this.hmac.digest(JSON.stringify(name)).subarray(0, KEY_BYTES);
  }
}

const inWords = (seconds: number): string =>
  seconds === 1 ? 'a second' : seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
