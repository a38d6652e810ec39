import sharp, { type Sharp } from 'sharp';
import { chance, HEIGHT, type Scene, WIDTH } from './pictures/paint.js';
import { PICTURES } from './pictures.js';

/**
 * Draws one of the demonstration's pictures: a WebP of 960 by 640 pixels, the same bytes each time.
 *
 * @param number of the picture, from 1 to 24
 * @throws RangeError for any other number
 */
export async function drawPicture(number: number): Promise<Buffer> {
  const picture = PICTURES.find((each) => each.number === number);
  if (picture === undefined)
    throw new RangeError(`There is no picture ${number}: they are 1 to ${PICTURES.length}.`);
  return paint(picture.scene).webp({ quality: 84, effort: 2 }).toBuffer();
}

/** A scene as a photo-like picture of 960 by 640 pixels, to be encoded. */
export function paint(scene: Scene): Sharp {
  grain ??= makeGrain();
  return sharp(Buffer.from(frame(scene())))
    .composite([{ input: grain, raw: { width: WIDTH, height: HEIGHT, channels: 4 }, blend: 'overlay' }])
    .removeAlpha();
}

/** The scene with what all share: the blurs that `blurred` names, and corners that are a little darker. */
function frame(scene: string): string {
  const blurs = [2, 5, 12, 30]
    .map(
      (radius) =>
        `<filter id="blur${radius}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${radius}"/></filter>`,
    )
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `<defs>${blurs}<radialGradient id="corners" r="0.75"><stop offset="0.6" stop-opacity="0"/>` +
    `<stop offset="1" stop-opacity="0.3"/></radialGradient></defs>` +
    `${scene}<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#corners)"/></svg>`
  );
}

let grain: Buffer | undefined;

/** Grey noise, nearly transparent, so that large smooth surfaces look photographed. */
function makeGrain(): Buffer {
  const next = chance(1);
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    pixels.fill(Math.round(128 + next(-64, 64)), at, at + 3);
    pixels[at + 3] = 56;
  }
  return pixels;
}
