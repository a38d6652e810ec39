import { createHash } from 'node:crypto';
import { keyFrom, makeKey, parseKey } from '../../../src/access/keys/api-keys.js';
import type { KeyKind } from '../../../src/database/entities/api-key.entity.js';

const KINDS: [KeyKind, string][] = [
  ['publishable', 'vg_pub_'],
  ['secret', 'vg_sec_'],
  ['staff', 'vg_stf_'],
];

describe('keys', () => {
  it.each(KINDS)('a %s key begins with %s, and 36 characters follow', (kind, prefix) => {
    const { key, hash, hint } = makeKey(kind);
    expect(key).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{36}$`));
    expect(hash).toEqual(createHash('sha256').update(key).digest());
    expect(key.endsWith(hint)).toBe(true);
    expect(hint).toHaveLength(4);
    expect(parseKey(key)).toEqual({ kind, hash });
  });

  it('never makes the same one twice', () => {
    expect(new Set(Array.from({ length: 500 }, () => makeKey('secret').key)).size).toBe(500);
  });

  it('ends in the CRC-32 of what stands before it', () => {
    // Computed by another implementation of CRC-32: 0x3eeacb9.
    expect(parseKey('vg_pub_0123456789abcdefghijABCDEFGHIJ04Sohd')).not.toBeNull();
  });

  it('sees every single mistyped character', () => {
    const { key } = makeKey('publishable');
    for (let at = 0; at < key.length; at += 1) {
      const typo = key.slice(0, at) + (key[at] === 'x' ? 'y' : 'x') + key.slice(at + 1);
      expect(parseKey(typo)).toBeNull();
    }
  });

  it('sees two neighbours swapped', () => {
    const { key } = makeKey('secret');
    for (let at = 7; at < key.length - 1; at += 1) {
      if (key[at] === key[at + 1]) continue;
      expect(parseKey(`${key.slice(0, at)}${key[at + 1]}${key[at]}${key.slice(at + 2)}`)).toBeNull();
    }
  });

  it('takes no key of another kind for its own', () => {
    expect(parseKey(makeKey('publishable').key.replace('vg_pub_', 'vg_sec_'))).toBeNull();
  });

  it.each(['', 'vg_', 'vg_pub_', 'Bearer', 'vg_pub_' + '0'.repeat(36), `${makeKey('secret').key}\n`, '\0'])(
    'takes %j for none of ours',
    (text) => {
      expect(parseKey(text)).toBeNull();
    },
  );

  it('that follows from a seed is a key like every other, and the same each time', () => {
    const seed = createHash('sha256').update('seed').digest();
    const { key, hash, hint } = keyFrom('publishable', seed);
    expect(keyFrom('publishable', seed).key).toBe(key);
    expect(parseKey(key)).toEqual({ kind: 'publishable', hash });
    expect(key.endsWith(hint)).toBe(true);
    // By another implementation: the seed modulo 62^30, in base 62.
    expect(key).toBe('vg_pub_SWUmn7WeNixjwL1Rvmamx7n4QeD4qh0i1bTY');
  });

  it('is another for every other seed, over all of its digits', () => {
    const keys = Array.from({ length: 500 }, (_, n) =>
      keyFrom('secret', createHash('sha256').update(String(n)).digest()).key.slice(7, 37),
    );
    expect(new Set(keys).size).toBe(500);
    for (let place = 0; place < 30; place += 1) {
      expect(new Set(keys.map((key) => key[place])).size).toBeGreaterThan(55);
    }
  });
});
