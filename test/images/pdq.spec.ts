import fc from 'fast-check';
import { bitsApart } from '../../src/core/content.js';
import { pdqOf } from '../../src/images/pdq.js';
import type { Pixels } from '../../src/images/pixels.js';
import { readPpm } from '../../src/images/read-ppm.js';
import { pdqVectors } from './pdq-vectors.js';

const MANY = 40_000_000;
const plain = (width: number, height: number, sample: number): Pixels => ({
  width,
  height,
  rgb: new Uint8Array(3 * width * height).fill(sample),
});

describe('PDQ', () => {
  const vectors = pdqVectors('.ppm');

  it('has vectors with a side above 512, below 64, and of no quality', () => {
    expect(vectors.map(({ width, quality }) => [width, quality])).toEqual([
      [700, 100],
      [224, 0],
      [34, 100],
      [256, 100],
    ]);
  });

  it.each(vectors)(
    'gives the 256 bits and the quality of the reference for the pixels of $file',
    (vector) => {
      const pixels = readPpm(vector.bytes, MANY);
      expect([pixels.width, pixels.height]).toEqual([vector.width, vector.height]);
      const { pdq, quality } = pdqOf(pixels) ?? { pdq: [], quality: -1 };
      expect(Buffer.from(pdq).toString('hex')).toBe(vector.pdq.toString('hex'));
      expect(quality).toBe(vector.quality);
    },
  );

  // What the reference, compiled from pdq/cpp, printed for these pixels: sides that are odd, prime, tiny or lopsided.
  it.each([
    [5, 5, 'c2f0c0f13d0e3c0f1e17ce73c673398c318cc1f0c2f0c0f13d0e3e0fce37ce73', 7],
    [64, 64, 'a71264a992ae6ac3a2dad2e72eae46927a38d68eeaaac6c49abe548ab59cab30', 100],
    [127, 129, 'f9f84fe380dafeed834ddbe3a2aa55eb4a50e3f4c9e0e1c083e61fc0fe000007', 100],
    [7, 511, '912e3cd81f206cd996d26ed192966ed1c52f392c6f61312c6f61b12e6f61b12e', 100],
    [512, 512, 'ff8000ff0247f8002fff00005dfd00000000ffff22a3d57f0c8f7fdf768a3fdf', 100],
    [513, 97, 'b6ed664c99bb66771c669ee7c578f0e3e1f0fe7c03f8fc07fe030fad00000002', 100],
    [1031, 769, 'c1c10000000020a0f2e3bebe8e1e4d9e75e33efb2ef378f170f17c73bcb3cd5f', 100],
    [2000, 5, '454ab2a7bab54d320c9967b89895d827f366b2cc454ab2a7bab54d320c9967f8', 100],
  ])('gives what the reference gives for a made picture of %i x %i', (width, height, hash, quality) => {
    const found = pdqOf(made(width, height));
    expect([Buffer.from(found?.pdq ?? []).toString('hex'), found?.quality]).toEqual([hash, quality]);
  });

  it('gives none to what has a side under 5 pixels', () => {
    expect(pdqOf(plain(4, 400, 7))).toBeNull();
    expect(pdqOf(plain(400, 4, 7))).toBeNull();
    expect(pdqOf(plain(5, 5, 7))).toMatchObject({ quality: 0 });
  });

  it('depends on nothing but the pixels: not on what was hashed before, nor on what lies behind the samples', () => {
    const picture = made(321, 123);
    const first = pdqOf(picture);
    pdqOf(made(700, 600));
    const within = new Uint8Array(picture.rgb.length + 10).fill(99);
    within.set(picture.rgb, 5);
    expect(pdqOf({ ...picture, rgb: within.subarray(5, 5 + picture.rgb.length) })).toEqual(first);
    expect(pdqOf(picture)).toEqual(first);
  });

  it('sets half of the bits or fewer, and hardly changes when all samples grow by a few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 200 }), fc.integer({ min: 64, max: 200 }), (width, height) => {
        const picture = made(width, height);
        const { pdq } = pdqOf(picture) ?? { pdq: new Uint8Array() };
        expect(bitsApart(pdq, new Uint8Array(32))).toBeLessThanOrEqual(128);
        const lighter = { ...picture, rgb: picture.rgb.map((sample) => Math.min(255, sample + 4)) };
        expect(bitsApart(pdq, pdqOf(lighter)?.pdq ?? pdq.map((byte) => ~byte))).toBeLessThanOrEqual(10);
      }),
      { numRuns: 10 },
    );
  });
});

/** Waves of integers, so that everybody makes the same ones. */
function made(width: number, height: number): Pixels {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (((x * x * 3 + y * 29 + x * y) >> 4) + channel * 40 + ((x * 7) % 31)) & 255;
  });
  return { width, height, rgb };
}
