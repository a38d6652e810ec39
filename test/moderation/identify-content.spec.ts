import type { ContentRow, PlaceRow } from '../../src/database/statements/content/find-content.js';
import { identify } from '../../src/moderation/identify-content.js';
import type { SeenContent } from '../../src/moderation/seen-content.js';

/** Bytes by a letter; what they look like by another, of which none is like another. */
const bytes = (letter: string): Buffer => Buffer.alloc(32, letter);
const looks = (letter: string): Buffer =>
  Buffer.alloc(32, letter === 'x' ? 0x00 : letter === 'y' ? 0xff : 0x0f);
const version = (number: number, sha: string, like: string): ContentRow => ({
  version: number,
  blocks: [],
  keptAt: null,
  judged: false,
  sha256: bytes(sha),
  pdq: looks(like),
  quality: 100,
  indistinct: null,
});
const seen = (sha: string, like: string, parts: Partial<SeenContent> = {}): SeenContent => ({
  siteId: '1',
  hash: Buffer.alloc(16),
  sha256: bytes(sha),
  pdq: looks(like),
  quality: 100,
  indistinct: null,
  width: 1,
  height: 1,
  bytes: 1,
  format: 'png',
  announced: false,
  ...parts,
});
const at = (boundBy: PlaceRow['boundBy'], found: string | null): PlaceRow => ({
  imageId: '1',
  url: 'https://cdn.example.ma/1.jpg',
  boundBy,
  found: found === null ? null : bytes(found),
  changedAt: null,
  othersByBytes: false,
});
const A = version(1, 'a', 'x');
const B = version(2, 'b', 'y');
const told = { pdq: null, quality: null };
const announced = { announced: true };

describe('identify', () => {
  it.each([
    ['the first', null, [], seen('a', 'x'), at(null, null), 'first 1'],
    ['those that are shown', 1, [A], seen('a', 'x'), at(null, 'a'), 'same 1'],
    ['those that are shown, announced', 1, [A], seen('a', 'x', announced), at(null, 'a'), 'same 1'],
    // A site's rules made another key of it: it was found at the address as it was given, of another size perhaps.
    ['others at the first look at the key', 1, [A], seen('b', 'y'), at(null, null), 're-encoded 1'],
    ['older ones at the first look at the key', 2, [A, B], seen('a', 'x'), at(null, null), 'returned 1'],
    [
      'others at the first look at the key, announced',
      1,
      [A],
      seen('b', 'y', announced),
      at(null, null),
      'new 2',
    ],
    ['the same picture', 1, [A], seen('c', 'x'), at(null, 'a'), 're-encoded 1'],
    [
      'the same picture of too little quality',
      1,
      [A],
      seen('c', 'x', { quality: 49 }),
      at(null, 'a'),
      'new 2',
    ],
    ['other bytes', 1, [A], seen('b', 'y'), at(null, 'a'), 'new 2'],
    ['bytes of which only the digest is told', 1, [A], seen('b', 'x', told), at(null, 'a'), 'new 2'],
    ['the number after the highest', 1, [A, B], seen('c', 'z'), at(null, 'a'), 'new 3'],
    ['those of before', 2, [A, B], seen('a', 'x'), at(null, 'b'), 'returned 1'],
    ['those of before, encoded anew', 2, [A, B], seen('c', 'x'), at(null, 'b'), 'returned 1'],
    ['what a host shows that lags behind', 2, [A, B], seen('a', 'x'), at(null, 'a'), 'same 2, lagging'],
    ['what a site says is back', 2, [A, B], seen('a', 'x', announced), at(null, 'a'), 'returned 1'],
    ['a rendition, at the first look', 1, [A], seen('b', 'y'), at('site', null), 're-encoded 1'],
    ['a rendition that has moved with its address', 1, [A], seen('b', 'y'), at('site', 'b'), 're-encoded 1'],
    ['a rendition, by the rules', 1, [A], seen('b', 'y'), at('rules', null), 're-encoded 1'],
    ['another at the same address', 1, [A], seen('b', 'y'), at('site', 'a'), 'new 2'],
    ['one that the site announces', 1, [A], seen('b', 'y', announced), at('site', null), 'new 2'],
    [
      'bytes that bind to an image which shows others',
      2,
      [A, B],
      seen('a', 'x'),
      at('bytes', 'a'),
      'returned 1',
    ],
  ])('tells %s', (_, shown, versions, what, place, expected) => {
    const { change, version: number, isOther, isShown } = identify(shown, versions, what, place);
    expect(`${change} ${number}${isShown ? '' : ', lagging'}`).toBe(expected);
    expect(isOther).toBe(change === 'new' || change === 'returned');
  });

  /** So many bits from what A looks like. */
  const apart = (bits: number): Buffer =>
    Buffer.from(Array.from({ length: 32 }, (_, at) => 0xff >> (8 - Math.min(8, Math.max(0, bits - at * 8)))));
  const encoded = (sha: string, bits: number, number = 1): ContentRow => ({
    ...version(number, sha, 'x'),
    pdq: apart(bits),
  });

  it.each([
    ['a step', [A], 30, 're-encoded 1'],
    ['a second step', [A, encoded('b', 30)], 60, 'new 2'],
    ['back towards the first', [A, encoded('b', 30)], 31, 're-encoded 1'],
    ['of a rendition that the site bound', [A, encoded('b', 120)], 150, 're-encoded 1'],
    ['a second of that', [A, encoded('b', 120), encoded('d', 150)], 180, 'new 2'],
    ['from where another version began', [A, encoded('b', 30), encoded('d', 60, 2)], 90, 'returned 2'],
  ])('does not let a picture walk to another in small steps: %s', (_, versions, bits, expected) => {
    const what = seen('c', 'x', { pdq: apart(bits) });
    const { change, version: number } = identify(1, versions, what, at('site', 'a'));
    expect(`${change} ${number}`).toBe(expected);
  });
});
