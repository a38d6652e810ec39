import { bitsApart, SAME_PICTURE } from '../../src/core/content.js';
import type { PhotoFile } from '../../src/demo/one-photo.js';
import { PhotoFiles } from '../../src/demo/photo-files.js';
import { type ExaminedImage, examineBytes } from '../../src/images/examine-bytes.js';

const files = new PhotoFiles();
const examine = async (file: PhotoFile): Promise<ExaminedImage> => {
  const { bytes } = await files.get(file);
  return examineBytes({ bytes, snapshots: false, ppm: false, maxPixels: 40_000_000, seconds: 20 });
};
const pdqOf = async (file: PhotoFile): Promise<Buffer> => (await examine(file)).pdq ?? Buffer.alloc(0);

it.each(['original', 'size', 'scaled', 're-encoded', 'other'] as const)(
  'is enough of a picture for a block to follow it: %s',
  async (file) => {
    const { format, quality, indistinct, pdq } = await examine(file);
    expect({ format, quality, indistinct, pdq }).toEqual({
      format: 'jpeg',
      quality: 100,
      indistinct: null,
      pdq: expect.any(Buffer) as Buffer,
    });
  },
);

it('looks the same in every size and encoding, and the other photo looks different', async () => {
  const original = await pdqOf('original');
  for (const file of ['size', 'scaled', 're-encoded'] as const)
    expect(bitsApart(original, await pdqOf(file))).toBeLessThanOrEqual(SAME_PICTURE);
  expect(bitsApart(original, await pdqOf('other'))).toBeGreaterThan(SAME_PICTURE);
});
