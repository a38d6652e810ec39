import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { deriveKey } from '../../config/secret.js';
import {
  findSession,
  type SessionRow,
  type SessionStage,
} from '../../database/statements/accounts/find-session.js';
import type { Tx } from '../../database/tx.js';
import type { StaffCaller } from '../caller.js';
import { HmacSha256 } from '../sealing/hmac.js';
import { highestRole, scopesOf } from '../scopes.js';

export type { SessionStage } from '../../database/statements/accounts/find-session.js';

/** Somebody signed in, or on the way. */
export interface Session {
  /** The database's. */
  readonly id: string;
  readonly stage: SessionStage;
  readonly expiresAt: Date;
  /** Comes with everything that is not GET. */
  readonly csrfToken: string;
  /** Who it is; what they may holds once the stage is `full`. */
  readonly caller: StaffCaller;
}

/** What a new cookie holds, and what is stored of it: SHA-256; of 256 random bits that is enough. */
export interface NewSessionToken {
  readonly token: string;
  readonly hash: Buffer;
}

const TOKEN_BYTES = 32;
const CSRF_BYTES = 24;

/** Tokens that were given, or good at their last look. */
const REMEMBERED = 10_000;

const hashOf = (token: string): Buffer => hash('sha256', token, 'buffer');

/**
 * Sessions of staff, which are in Postgres alone (ADR 21): each request asks there, by one statement, so that a session that
 * was ended is over at once, in every process.
 */
export class Sessions {
  private readonly csrf: HmacSha256;
  /**
   * Cookies that are no guesses, so that who shares a network with somebody who guesses gets in. What their sessions may is never
   * remembered: that is asked of Postgres each time.
   */
  private readonly known = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    secret: Buffer,
    private readonly database: Pick<Tx, 'query'>,
    private readonly idleMinutes: number,
  ) {
    this.csrf = new HmacSha256(deriveKey(secret, 'sessions: csrf'));
  }

  /** A cookie's content to be. Whoever comes with it first is no stranger: nobody could guess it. */
  makeToken(): NewSessionToken {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.known.set(token, true);
    return { token, hash: hashOf(token) };
  }

  /** What is stored of a cookie. */
  hashOf(token: string): Buffer {
    return hashOf(token);
  }

  /** Whether a cookie was given here, or its session was not over at its last look. */
  wasKnown(token: string): boolean {
    return this.known.get(token) !== undefined;
  }

  /**
   * The session of a cookie; undefined: there is none, or it is over.
   *
   * @param isUse does somebody ask, and not a page by itself? That puts off the end for want of use.
   */
  async lookUp(token: string, isUse: boolean): Promise<Session | undefined> {
    const hash = hashOf(token);
    const row = await findSession(this.database, hash, { idleMinutes: this.idleMinutes, isUse });
    if (row === undefined) {
      this.known.delete(token);
      return undefined;
    }
    this.known.set(token, true);
    const { id, stage, expiresAt } = row;
    return { id, stage, expiresAt, csrfToken: this.csrfToken(hash), caller: callerOf(row) };
  }

  /** Of the session whose cookie has this hash: it changes with the cookie. */
  csrfToken(hash: Buffer): string {
    return this.csrf.digest(hash).subarray(0, CSRF_BYTES).toString('base64url');
  }
}

/** Whether a request's token is that of its session. */
export function isCsrfToken({ csrfToken }: Session, given: string): boolean {
  const [right, said] = [Buffer.from(csrfToken), Buffer.from(given)];
  return right.length === said.length && timingSafeEqual(right, said);
}

function callerOf({ id, staffId, email, admin, legal, roles: given }: SessionRow): StaffCaller {
  const roles = new Map(Object.entries(given));
  const role = highestRole({ admin, roles });
  const scopes = role === null ? [] : scopesOf(role, legal);
  return { kind: 'staff', staffId, email, admin, legal, scopes, roles, sessionId: id };
}
