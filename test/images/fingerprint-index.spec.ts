import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { bitsApart, SAME_PICTURE } from '../../src/core/content.js';
import { FingerprintIndex } from '../../src/images/fingerprint-index.js';

/** The same bytes in every run. */
const made = (seed: number): Buffer => createHash('sha256').update(String(seed)).digest();

/** With these bits turned over. */
function turned(pdq: Uint8Array, bits: readonly number[]): Buffer {
  const other = Buffer.from(pdq);
  for (const bit of bits) other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
}

/** What is near, found by looking at each. */
const lookedUp = (
  all: ReadonlyMap<string, Uint8Array>,
  pdq: Uint8Array,
  distance: number,
): [string, number][] =>
  [...all]
    .map(([id, other]): [string, number] => [id, bitsApart(other, pdq)])
    .filter(([, apart]) => apart <= distance)
    .sort(inOrder);
const inOrder = ([a, near]: [string, number], [b, far]: [string, number]): number =>
  near - far || a.localeCompare(b);
const searched = (index: FingerprintIndex, pdq: Uint8Array, distance: number): [string, number][] => {
  const found = index.search(pdq, distance).map(({ id, distance: apart }): [string, number] => [id, apart]);
  // Nearest first, as it came.
  expect(found.map(([, apart]) => apart)).toEqual(found.map(([, apart]) => apart).sort((a, b) => a - b));
  return found.sort(inOrder);
};

const someBits = (most: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: most });

describe('the index of fingerprints', () => {
  it('finds what looking at each finds, through any additions, removals and replacements', () => {
    // Few ids and few, near places: so that all are replaced, removed, alike.
    const id = fc.integer({ min: 0, max: 12 }).map(String);
    const place = fc
      .tuple(fc.integer({ min: 0, max: 2 }), someBits(40))
      .map(([seed, bits]) => turned(made(seed), bits));
    const step = fc.oneof(
      fc.record({ add: id, pdq: place }),
      fc.record({ remove: id }),
      fc.record({ search: place, distance: fc.integer({ min: 0, max: 64 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const index = new FingerprintIndex();
        const all = new Map<string, Uint8Array>();
        for (const one of steps) {
          if ('add' in one) {
            index.add(one.add, one.pdq);
            all.set(one.add, one.pdq);
          } else if ('remove' in one) {
            index.remove(one.remove);
            all.delete(one.remove);
          } else {
            expect(searched(index, one.search, one.distance)).toEqual(
              lookedUp(all, one.search, one.distance),
            );
          }
          expect(index.size).toBe(all.size);
        }
      }),
      { numRuns: 30 },
    );
  });

  describe('of 20,000, which is searched by its lists', () => {
    const index = new FingerprintIndex();
    const all = new Map<string, Uint8Array>();
    const add = (id: string, pdq: Uint8Array): void => {
      index.add(id, pdq);
      all.set(id, pdq);
    };
    beforeAll(() => {
      for (let seed = 0; seed < 20_000; seed += 1) add(String(seed), made(seed));
    });

    it('finds whatever differs in at most 31 bits, wherever these are', () => {
      // Two bits in each chunk but one, which has one: the worst that 31 bits can be.
      const spread = Array.from({ length: 31 }, (_, n) => 16 * (n % 16) + 3 + (n >> 4));
      expect(index.search(turned(made(77), spread), SAME_PICTURE)).toEqual([{ id: '77', distance: 31 }]);
      const further = turned(made(77), [...spread, 255]);
      expect(index.search(further, SAME_PICTURE)).toEqual([]);
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 19_999 }),
          someBits(40),
          fc.integer({ min: 0, max: 31 }),
          (seed, bits, distance) => {
            const wanted = turned(made(seed), bits);
            const found = index.search(wanted, distance);
            expect(found).toEqual(
              bits.length <= distance ? [{ id: String(seed), distance: bits.length }] : [],
            );
          },
        ),
        { numRuns: 500 },
      );
    });

    it('finds all that are near, once each, and no more of them than asked for', () => {
      const center = made(123);
      for (let n = 0; n < 60; n += 1) {
        add(
          `near ${n}`,
          turned(
            center,
            Array.from({ length: n }, (_, bit) => (bit * 37) % 256),
          ),
        );
      }
      expect(searched(index, center, SAME_PICTURE)).toEqual(lookedUp(all, center, SAME_PICTURE));
      expect(index.search(center, SAME_PICTURE)).toHaveLength(33);
      expect(index.search(center, SAME_PICTURE, 5).map(({ distance }) => distance)).toEqual([0, 0, 1, 2, 3]);
      for (let n = 0; n < 60; n += 1) index.remove(`near ${n}`);
      expect(index.search(center, SAME_PICTURE)).toEqual([{ id: '123', distance: 0 }]);
    });

    it('uses again the room of what was removed', () => {
      for (let seed = 0; seed < 20_000; seed += 2) index.remove(String(seed));
      expect(index.size).toBe(10_000);
      expect(index.search(made(10), SAME_PICTURE)).toEqual([]);
      expect(index.search(made(11), SAME_PICTURE)).toEqual([{ id: '11', distance: 0 }]);
      for (let seed = 0; seed < 20_000; seed += 2) index.add(String(seed), made(seed + 1_000_000));
      expect(index.search(made(1_000_010), 0)).toEqual([{ id: '10', distance: 0 }]);
      expect(index.search(made(10), SAME_PICTURE)).toEqual([]);
    });
  });

  it('stays exact where so many are alike that their lists are not kept, and when these come back', () => {
    const index = new FingerprintIndex();
    const all = new Map<string, Uint8Array>();
    const center = made(1);
    // 9,000 of one picture, among 9,000 others.
    for (let n = 0; n < 9000; n += 1) {
      const [own, other] = [turned(center, [n % 256, (n * 7 + 1) % 256, (n * 11 + 2) % 256]), made(n + 10)];
      index.add(`own ${n}`, own);
      all.set(`own ${n}`, own);
      index.add(`other ${n}`, other);
      all.set(`other ${n}`, other);
    }
    const places = [
      center,
      turned(
        center,
        Array.from({ length: 29 }, (_, n) => n * 8),
      ),
      made(15),
      made(9_999_999),
    ];
    const agrees = (): void => {
      for (const place of places) {
        expect(searched(index, place, SAME_PICTURE)).toEqual(lookedUp(all, place, SAME_PICTURE));
      }
    };
    agrees();
    for (let n = 0; n < 8990; n += 1) {
      index.remove(`own ${n}`);
      all.delete(`own ${n}`);
    }
    agrees();
    expect(index.search(center, SAME_PICTURE)).toHaveLength(10);
  });

  it('takes 32 bytes and nothing else', () => {
    const index = new FingerprintIndex();
    expect(() => index.add('a', Buffer.alloc(31))).toThrow(RangeError);
    expect(() => index.search(Buffer.alloc(33), 31)).toThrow(RangeError);
    index.remove('a');
    expect(index.size).toBe(0);
  });
});
