import sharp, { type Sharp } from 'sharp';
import { drawPicture } from '../../src/demo/draw-picture.js';
import { PICTURES } from '../../src/demo/pictures.js';
import type { Indistinct } from '../../src/core/content.js';
import { indistinctOf } from '../../src/images/indistinct-of.js';
import { pdqOf } from '../../src/images/pdq.js';
import { photo } from './examining.js';
import { pdqVectors } from './pdq-vectors.js';

/** A side of pictures drawn here. */
const [WIDTH, HEIGHT] = [640, 400];

const drawn = (content: string): Sharp =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 640 400">${content}</svg>`,
    ),
  ).flatten({ background: 'white' });
const on = (colour: string): string => `<rect width="640" height="400" fill="${colour}"/>`;
const said = (size: number, colour: string, words: string): string =>
  `<text x="320" y="220" font-size="${size}" font-family="sans-serif" text-anchor="middle" fill="${colour}">${words}</text>`;

const GRAPHICS = {
  'a placeholder with words': drawn(on('#dddddd') + said(64, '#555555', 'Image non disponible')),
  'a placeholder with a sketch': drawn(
    `${on('#ccccdd')}<rect x="180" y="90" width="280" height="220" rx="16" fill="none" stroke="#777788" stroke-width="16"/>` +
      '<circle cx="260" cy="165" r="26" fill="#777788"/><path d="M200 300 290 205 340 250 380 215 440 300Z" fill="#777788"/>',
  ),
  'a flag': drawn(
    '<rect width="214" height="400" fill="#002395"/><rect x="214" width="213" height="400" fill="#fff"/><rect x="427" width="213" height="400" fill="#ed2939"/>',
  ),
  'a flag with a star': drawn(
    `${on('#007a3d')}<rect y="133" width="640" height="134" fill="#fff"/><rect y="267" width="640" height="133" fill="#ce1126"/>` +
      '<path d="M320 150 340 210 405 210 352 247 372 308 320 270 268 308 288 247 235 210 300 210Z" fill="#111"/>',
  ),
  'a logo': drawn(
    '<circle cx="320" cy="200" r="180" fill="#1877f2"/><path d="M300 360V220H265V165H300V130Q300 70 370 75H395V130H375Q355 130 355 148V165H398L388 220H355V360Z" fill="#fff"/>',
  ),
  'a logo of many colours': drawn(
    ['#4285f4', '#ea4335', '#fbbc05', '#34a853', '#222222']
      .map((colour, n) => `<circle cx="${80 + 120 * n}" cy="200" r="55" fill="${colour}"/>`)
      .join(''),
  ),
  'a name': drawn(said(120, '#111111', 'Le Matin')),
  'a person without a face': drawn(
    `${on('#999999')}<circle cx="320" cy="140" r="80" fill="#f4f4f4"/><ellipse cx="320" cy="400" rx="170" ry="140" fill="#f4f4f4"/>`,
  ),
};

/** Soft shapes of many tones with grain on them: what a camera makes of things. */
function photoLike(seed: number, light: number): Sharp {
  const [width, height] = [320, 200];
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const waves = Array.from({ length: 5 }, () => [next() / 9, next() / 9, next() * 6] as const);
  const rgb = Buffer.alloc(3 * width * height);
  for (let at = 0; at < rgb.length; at += 1) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    let value = light + 12 * next();
    for (const [across, down, start] of waves)
      value += 26 * Math.sin(across * x + down * y + start + (at % 3));
    rgb[at] = Math.max(0, Math.min(255, value));
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

async function indistinct(bytes: Buffer): Promise<Indistinct | null> {
  const { data, info } = await sharp(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const pixels = { width: info.width, height: info.height, rgb: data };
  return indistinctOf(pixels, pdqOf(pixels));
}

/** As sites serve them: as drawn, shrunk and compressed, enlarged and compressed too much. */
const served = (picture: Sharp): Promise<Buffer>[] => [
  picture.clone().png().toBuffer(),
  picture.clone().jpeg({ quality: 75 }).toBuffer(),
  picture.clone().resize(240).webp({ quality: 70 }).toBuffer(),
  picture
    .clone()
    .png()
    .toBuffer()
    .then((png) => sharp(png).resize(900).jpeg({ quality: 40 }).toBuffer()),
];
const allOf = (picture: Sharp): Promise<(Indistinct | null)[]> =>
  Promise.all(served(picture).map(async (bytes) => indistinct(await bytes)));

describe('a picture that a block must not follow', () => {
  it.each(Object.entries(GRAPHICS))('is %s, however it is served', async (_, picture) => {
    for (const found of await allOf(picture)) expect(['graphic', 'quality']).toContain(found);
  });

  it('is what is blank, or nearly so: a surface, a soft gradient, the noise of a bad encoder', async () => {
    const gradient =
      '<linearGradient id="a"><stop stop-color="#fff"/><stop offset="1" stop-color="#ccc"/></linearGradient>';
    for (const picture of [drawn(on('#f4f4f4')), drawn(`<defs>${gradient}</defs>${on('url(#a)')}`)]) {
      expect(new Set(await allOf(picture))).toEqual(new Set(['quality']));
    }
    const worst = await drawn(`${on('#808080')}<circle cx="320" cy="200" r="3" fill="#f00"/>`)
      .jpeg({ quality: 5 })
      .toBuffer();
    expect(await indistinct(worst)).toBe('quality');
  });

  it('is one with a side under 64 pixels', async () => {
    expect(await indistinct(await photo().resize(63, 400, { fit: 'fill' }).png().toBuffer())).toBe('size');
    expect(await indistinct(await photo().resize(400, 63, { fit: 'fill' }).png().toBuffer())).toBe('size');
    expect(await indistinct(await photo().resize(3, 3, { fit: 'fill' }).png().toBuffer())).toBe('size');
    expect(await indistinct(await photo().resize(64, 64, { fit: 'fill' }).png().toBuffer())).toBeNull();
  });

  it('is no photograph, however it is served', async () => {
    for (const { bytes } of pdqVectors('.jpg')) {
      expect(await indistinct(bytes)).toBeNull();
      expect(await indistinct(await sharp(bytes).resize(400).jpeg({ quality: 20 }).toBuffer())).toBeNull();
    }
    // In black and white, faded, with hard contrast, and small in the middle of much white.
    for (const picture of [
      photo().greyscale(),
      photo().linear(0.4, 140),
      photo().linear(2.5, -190),
      photo().resize(160, 100).extend({ top: 150, bottom: 150, left: 240, right: 240, background: 'white' }),
    ]) {
      expect(await indistinct(await picture.jpeg({ quality: 60 }).toBuffer())).toBeNull();
    }
  });

  it('is nothing that looks like a photograph: many tones, light, dark, at night', async () => {
    for (const light of [30, 128, 220]) {
      expect(await indistinct(await photoLike(light, light).jpeg().toBuffer())).toBeNull();
    }
    // A lit face in the dark: black but for a tenth.
    const spot = Buffer.from('<svg width="320" height="200"><circle cx="150" cy="90" r="45"/></svg>');
    const lit = photoLike(9, 140)
      .ensureAlpha()
      .composite([{ input: spot, blend: 'dest-in' }]);
    const night = sharp(await lit.png().toBuffer()).flatten({ background: '#050505' });
    expect(await allOf(night)).toEqual([null, null, null, null]);
  });

  it('is no picture of the demonstration', async () => {
    for (const { number } of PICTURES.filter((_, at) => at % 12 === 0)) {
      expect({ number, found: await indistinct(await drawPicture(number)) }).toEqual({ number, found: null });
    }
  });
});
