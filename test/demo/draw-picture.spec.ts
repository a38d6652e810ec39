import sharp from 'sharp';
import { drawPicture } from '../../src/demo/draw-picture.js';
import { PICTURES } from '../../src/demo/pictures.js';

const grey = (picture: Buffer): Promise<Buffer> =>
  sharp(picture).resize(24, 16, { fit: 'fill' }).greyscale().raw().toBuffer();

describe('the pictures of the demonstration', () => {
  it('are 24, each with a headline, a description and a page of its own', () => {
    expect(PICTURES.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    for (const field of ['slug', 'title', 'alt', 'pagePath', 'scene'] as const) {
      expect(new Set(PICTURES.map((picture) => picture[field])).size).toBe(24);
    }
    for (const { slug, title, alt, pagePath } of PICTURES) {
      expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(pagePath).toBe(`/articles/${slug}`);
      expect(title.length).toBeGreaterThan(20);
      expect(alt.length).toBeGreaterThan(20);
    }
  });

  it('use no text, as a machine may have no fonts, and leave no number unfinished', () => {
    for (const { scene } of PICTURES) expect(scene()).not.toMatch(/<text|NaN|undefined|Infinity/);
  });

  it('define what they fill with, and no two fills under one name', () => {
    for (const { scene } of PICTURES) {
      const svg = scene();
      const fills = new Map(['blur2', 'blur5', 'blur12', 'blur30'].map((name) => [name, 'in the frame']));
      for (const [definition, name = ''] of svg.matchAll(
        /<(?:linear|radial)Gradient id="([^"]+)".*?Gradient>/g,
      )) {
        expect(fills.get(name) ?? definition).toBe(definition);
        fills.set(name, definition);
      }
      for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) expect([...fills.keys()]).toContain(used);
    }
  });

  it('are WebP of 960 by 640, not flat, and no two look alike', async () => {
    const looks: Buffer[] = [];
    for (const { number } of PICTURES) {
      const bytes = await drawPicture(number);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 960, height: 640 });
      expect(bytes.length).toBeLessThan(200_000);
      expect((await sharp(bytes).stats()).entropy).toBeGreaterThan(5);
      looks.push(await grey(bytes));
    }
    for (const [index, look] of looks.entries()) {
      for (const other of looks.slice(index + 1)) {
        const distance =
          look.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / look.length;
        expect(distance).toBeGreaterThan(8);
      }
    }
  }, 120_000);

  it('are the same bytes each time', async () => {
    expect(await drawPicture(7)).toEqual(await drawPicture(7));
  });

  it.each([0, 25, 1.5, Number.NaN])('refuses picture %d', async (number) => {
    await expect(drawPicture(number)).rejects.toThrow(RangeError);
  });
});
