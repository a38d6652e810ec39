import fc from 'fast-check';
import { bitsApart, isSamePicture, LEAST_QUALITY, SAME_PICTURE } from '../../src/core/content.js';

const pdq = fc.uint8Array({ minLength: 32, maxLength: 32 });
const flipped = (from: Uint8Array, bits: readonly number[]): Uint8Array => {
  const to = from.slice();
  for (const bit of bits) to[bit >> 3] = (to[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return to;
};
const someBits = (count: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.nat(255), { minLength: count, maxLength: count });

describe('bitsApart', () => {
  it('counts the bits that differ', () => {
    fc.assert(
      fc.property(
        pdq,
        fc.nat(256).chain((count) => someBits(count)),
        (from, bits) => {
          expect(bitsApart(from, flipped(from, bits))).toBe(bits.length);
        },
      ),
    );
  });
});

describe('bitsApart of less than a fingerprint', () => {
  it('takes what is missing for zeros', () => {
    const all = new Uint8Array(32).fill(255);
    expect(bitsApart(all, new Uint8Array(0))).toBe(256);
    expect(bitsApart(new Uint8Array(31), all)).toBe(256);
  });
});

describe('isSamePicture', () => {
  const zero = new Uint8Array(32);
  const at = (distance: number, quality: number) => ({
    pdq: flipped(
      zero,
      Array.from({ length: distance }, (_, bit) => bit),
    ),
    quality,
  });

  it.each([
    [SAME_PICTURE, LEAST_QUALITY, true],
    [SAME_PICTURE + 1, 100, false],
    [0, LEAST_QUALITY - 1, false],
  ])('of %i bits apart and quality %i: %s', (distance, quality, same) => {
    expect(isSamePicture(at(0, 100), at(distance, quality))).toBe(same);
    expect(isSamePicture(at(distance, quality), at(0, 100))).toBe(same);
  });

  it('says nothing of what has no fingerprint', () => {
    expect(isSamePicture(null, at(0, 100))).toBe(false);
    expect(isSamePicture(at(0, 100), null)).toBe(false);
  });
});
