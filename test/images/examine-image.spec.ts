import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { bitsApart } from '../../src/core/content.js';
import type { ExaminedImage } from '../../src/images/examine-image.js';
import { bridge, examineProgram, photo } from './examining.js';
import { pdqVectors } from './pdq-vectors.js';

const program = examineProgram();
const examiner = program.examiner();

afterAll(async () => {
  await examiner.close();
  program.remove();
});

const look = (bytes: Buffer): Promise<ExaminedImage> => examiner.examine(bytes, { snapshots: false });
const apart = async (bytes: Buffer, pdq = bridge.pdq): Promise<number> =>
  bitsApart((await look(bytes)).pdq ?? Buffer.alloc(0), pdq);

describe('examining a picture', () => {
  it.each(pdqVectors('.jpg'))(
    'gives $file the fingerprint of the reference, within 10 bits',
    async (vector) => {
      const found = await look(vector.bytes);
      expect(found).toMatchObject({
        format: 'jpeg',
        width: vector.width,
        height: vector.height,
        bytes: vector.bytes.length,
        indistinct: null,
      });
      expect(found.sha256).toEqual(createHash('sha256').update(vector.bytes).digest());
      expect(Math.abs((found.quality ?? -100) - vector.quality)).toBeLessThanOrEqual(2);
      expect(bitsApart(found.pdq ?? Buffer.alloc(0), vector.pdq)).toBeLessThanOrEqual(10);
    },
  );

  it('takes PPM files only where they are asked for, and then gives the bits of the reference', async () => {
    await expect(look(bridge.bytes)).rejects.toMatchObject({ code: 'not-supported' });
    const found = await examiner.examine(bridge.bytes, { snapshots: false, ppm: true });
    expect(found).toMatchObject({ format: 'ppm', pdq: bridge.pdq, quality: 100 });
  });

  it('gives one picture one fingerprint, whatever the format', async () => {
    for (const [format, bytes] of [
      ['png', await photo().png().toBuffer()],
      ['webp', await photo().webp({ quality: 60 }).toBuffer()],
      ['gif', await photo().gif().toBuffer()],
      ['avif', await photo().avif({ quality: 50, effort: 0 }).toBuffer()],
      ['jpeg', await photo().jpeg({ quality: 30 }).toBuffer()],
    ] as const) {
      const found = await look(bytes);
      expect(found).toMatchObject({ format, width: 700, height: 439, indistinct: null });
      expect({ format, near: bitsApart(found.pdq ?? Buffer.alloc(0), bridge.pdq) <= 31 }).toEqual({
        format,
        near: true,
      });
    }
    // Nothing is lost on the way: the pixels are the same.
    expect(await apart(await photo().png().toBuffer())).toBe(0);
  });

  it('turns it upright as EXIF says', async () => {
    const upright = await look(await photo().jpeg({ quality: 90 }).toBuffer());
    for (const [orientation, degrees] of [
      [6, 270],
      [3, 180],
      [8, 90],
    ] as const) {
      const turned = await sharp(await photo().png().toBuffer())
        .rotate(degrees)
        .withMetadata({ orientation })
        .jpeg({ quality: 90 })
        .toBuffer();
      const found = await look(turned);
      expect(found).toMatchObject({ width: 700, height: 439 });
      expect(bitsApart(found.pdq ?? Buffer.alloc(0), upright.pdq ?? Buffer.alloc(0))).toBeLessThanOrEqual(10);
    }
  });

  it('puts what is transparent on white', async () => {
    const hole = Buffer.from('<svg width="700" height="439"><circle cx="350" cy="220" r="180"/></svg>');
    const cut = photo()
      .ensureAlpha()
      .composite([{ input: hole, blend: 'dest-out' }]);
    const onWhite = await sharp(await cut.clone().png().toBuffer())
      .flatten({ background: 'white' })
      .png()
      .toBuffer();
    const white = (await look(onWhite)).pdq ?? Buffer.alloc(0);
    expect(await apart(await cut.clone().png().toBuffer(), white)).toBe(0);
    expect(await apart(onWhite)).toBeGreaterThan(31);
  });

  it('scales 16 bits to 8, and brings CMYK and grey to sRGB', async () => {
    const deep = await photo().toColourspace('rgb16').png().toBuffer();
    expect(await sharp(deep).metadata()).toMatchObject({ depth: 'ushort' });
    expect(await apart(deep)).toBeLessThanOrEqual(2);
    const press = await photo().toColourspace('cmyk').jpeg({ quality: 90 }).toBuffer();
    expect(await sharp(press).metadata()).toMatchObject({ space: 'cmyk' });
    expect(await apart(press)).toBeLessThanOrEqual(16);
    const grey = await photo().greyscale().toColourspace('b-w').png().toBuffer();
    expect(await sharp(grey).metadata()).toMatchObject({ channels: 1 });
    expect(await apart(grey)).toBeLessThanOrEqual(10);
  });

  it('sees the first frame of what moves', async () => {
    const { data, info } = await photo().resize(128, 80).raw().toBuffer({ resolveWithObject: true });
    const other = Buffer.from(data).reverse();
    const both = (animated: Buffer): Sharp =>
      sharp(Buffer.concat([data, animated]), {
        raw: { width: info.width, height: 2 * info.height, channels: 3, pageHeight: info.height },
      });
    const alone = await look(await photo().resize(128, 80).webp({ lossless: true }).toBuffer());
    const moving = await both(other).webp({ lossless: true }).toBuffer();
    expect(await sharp(moving).metadata()).toMatchObject({ pages: 2 });
    expect(await look(moving)).toMatchObject({ width: 128, height: 80, pdq: alone.pdq });
  });

  it('gives no fingerprint to what has a side under 5 pixels', async () => {
    const dot = await photo().resize(3, 200, { fit: 'fill' }).png().toBuffer();
    expect(await look(dot)).toMatchObject({ pdq: null, quality: null, indistinct: 'size', width: 3 });
  });

  it('draws snapshots when they are asked for', async () => {
    const { snapshots } = await examiner.examine(await photo().png().toBuffer(), { snapshots: true });
    const sizes = await Promise.all(
      [snapshots?.thumbnail, snapshots?.preview].map(async (one) => (await sharp(one).metadata()).width),
    );
    expect(sizes).toEqual([320, 700]);
  });
});
