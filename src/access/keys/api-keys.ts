import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeyKind } from '../../database/entities/api-key.entity.js';

export interface NewKey {
  /** Shown once, stored nowhere. */
  readonly key: string;
  /** SHA-256 of the key. It has 178 bits of randomness, so neither salt nor slowness would add anything. */
  readonly hash: Buffer;
  /** The last four characters, so that a person can tell keys apart. */
  readonly hint: string;
}

export interface ParsedKey {
  readonly kind: KeyKind;
  readonly hash: Buffer;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_DIGITS = 30;
const CHECK_DIGITS = 6;
/** What a key begins with, by its kind. */
export const PREFIXES = { publishable: 'vg_pub_', secret: 'vg_sec_', staff: 'vg_stf_' } as const;

/** Characters of every key: each prefix has 7. */
export const KEY_LENGTH = PREFIXES.publishable.length + RANDOM_DIGITS + CHECK_DIGITS;

const KINDS = { pub: 'publishable', sec: 'secret', stf: 'staff' } as const;

/** A new key: prefix, 30 random base62 characters, and a checksum so that a typo is seen without a query. */
export const makeKey = (kind: KeyKind): NewKey =>
  keyWith(
    kind,
    Array.from({ length: RANDOM_DIGITS }, () => BASE62.charAt(randomInt(BASE62.length))).join(''),
  );

/**
 * The key that follows from a seed: the same each time, and as hard to guess as the seed.
 *
 * @param seed at least 32 bytes, of which every bit is random; modulo 62^30, which is near 2^179, costs no evenness then
 */
export function keyFrom(kind: KeyKind, seed: Buffer): NewKey {
  let rest = BigInt(`0x${seed.toString('hex')}`);
  let digits = '';
  for (let place = 0; place < RANDOM_DIGITS; place += 1) {
    digits = BASE62.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return keyWith(kind, digits);
}

function keyWith(kind: KeyKind, digits: string): NewKey {
  const body = PREFIXES[kind] + digits;
  const key = body + checksum(body);
  return { key, hash: sha256(key), hint: key.slice(-4) };
}

/** What a key says of itself, or null when it was mistyped or is none of ours. Whether it is known is not asked. */
export function parseKey(text: string): ParsedKey | null {
  const [, body, prefix, check] = /^(vg_(pub|sec|stf)_[0-9A-Za-z]{30})([0-9A-Za-z]{6})$/.exec(text) ?? [];
  if (body === undefined || check !== checksum(body)) return null;
  return { kind: KINDS[prefix as keyof typeof KINDS], hash: sha256(text) };
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');

/** CRC-32 in six base62 digits (62^6 > 2^32), over the prefix too: a key that changed its kind is a typo. */
function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < CHECK_DIGITS; place += 1) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
