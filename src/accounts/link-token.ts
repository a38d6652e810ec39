import { hash, randomBytes } from 'node:crypto';

const PREFIX = 'vg_lnk_';
/** 32 bytes in base64url. */
const SHAPE = /^vg_lnk_[\w-]{43}$/;

/** What a one-time link holds: shown once, stored nowhere. */
export interface LinkToken {
  readonly token: string;
  /** SHA-256 of it. It has 256 bits of randomness, so neither salt nor slowness would add anything. */
  readonly hash: Buffer;
}

export function makeLinkToken(): LinkToken {
  const token = PREFIX + randomBytes(32).toString('base64url');
  return { token, hash: sha256(token) };
}

/** The hash by which a link is found; null when this can be no link's. */
export const hashOfLink = (text: string): Buffer | null => (SHAPE.test(text) ? sha256(text) : null);

/** Where a person goes with it. In the fragment, which browsers send to no server, so that none logs it (ADR 22). */
export const linkUrl = (publicUrl: string, token: string): string => `${publicUrl}/console/welcome#${token}`;

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');
