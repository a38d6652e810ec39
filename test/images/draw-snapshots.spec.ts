import sharp from 'sharp';
import { drawSnapshots } from '../../src/images/draw-snapshots.js';
import type { Pixels } from '../../src/images/pixels.js';

/** Noise: what no encoder makes small. The same in every run. */
function noise(width: number, height: number): Pixels {
  let state = 1;
  const rgb = new Uint8Array(3 * width * height);
  for (let at = 0; at < rgb.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    rgb[at] = state >>> 24;
  }
  return { width, height, rgb };
}

const sizes = async (pixels: Pixels): Promise<unknown> => {
  const { thumbnail, preview } = await drawSnapshots(pixels);
  const [small, large] = await Promise.all([sharp(thumbnail).metadata(), sharp(preview).metadata()]);
  expect([small.format, large.format]).toEqual(['webp', 'webp']);
  return [small.width, small.height, large.width, large.height];
};
const grey = (width: number, height: number): Pixels => ({
  width,
  height,
  rgb: new Uint8Array(3 * width * height).fill(120),
});

describe('snapshots', () => {
  it.each([
    [3200, 1600, [320, 160, 1600, 800]],
    [900, 1800, [160, 320, 800, 1600]],
    [1600, 320, [320, 64, 1600, 320]],
    [200, 100, [200, 100, 200, 100]],
    [1, 1, [1, 1, 1, 1]],
    [5000, 2, [320, 1, 1600, 1]],
  ])('of %i x %i keep their shape, and are never enlarged', async (width, height, expected) => {
    expect(await sizes(grey(width, height))).toEqual(expected);
  });

  it('have a bound of bytes, whatever the picture', async () => {
    const { thumbnail, preview } = await drawSnapshots(noise(1200, 1200));
    expect(thumbnail.length).toBeLessThanOrEqual(60_000);
    expect(preview.length).toBeLessThanOrEqual(400_000);
    expect(preview.length).toBeGreaterThan(100_000);
  });

  it('say nothing of where and with what a photograph was taken', async () => {
    const { thumbnail, preview } = await drawSnapshots(noise(400, 300));
    for (const file of [thumbnail, preview]) {
      const { exif, icc, xmp, iptc } = await sharp(file).metadata();
      expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('show what the picture shows', async () => {
    const half = grey(800, 400);
    for (let at = 0; at < half.rgb.length; at += 3) if (at % 2400 < 1200) half.rgb.set([250, 10, 10], at);
    const { thumbnail } = await drawSnapshots(half);
    const { data } = await sharp(thumbnail)
      .resize(2, 1, { fit: 'fill', kernel: 'nearest' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(220);
    expect(data[1]).toBeLessThan(40);
    expect(Math.abs((data[4] ?? 0) - 120)).toBeLessThan(12);
  });
});
