import { hash, randomBytes } from 'node:crypto';

/** A token that nobody can guess, for one lease: whoever takes the case later holds another. */
export function makeLeaseToken(): { token: string; hash: Buffer } {
  const token = `lea_${randomBytes(32).toString('base64url')}`;
  return { token, hash: leaseTokenHash(token) };
}

/** What is stored of a token: SHA-256. Plain, because a token has 256 bits of randomness. */
export const leaseTokenHash = (token: string): Buffer => hash('sha256', token, 'buffer');
