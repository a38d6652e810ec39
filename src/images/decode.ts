import sharp from 'sharp';
import { ImageProblem } from './image-problem.js';
import type { Pixels } from './pixels.js';
import { checkPixels, readPpm } from './read-ppm.js';
import type { ImageFormat } from './sniff.js';

/** The loaders of libvips for what `sniff` lets through. */
const LOADERS = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'NsgifBuffer', 'HeifBuffer'].map(
  (name) => `VipsForeignLoad${name}`,
);

/**
 * Shuts all decoders but those that are wanted, for the whole process: with SVG, PDF and the rest go most of the holes that
 * a decoder can have. Nothing of what was decoded is kept, and one picture takes one core.
 */
export function restrictDecoders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  sharp.cache(false);
  sharp.concurrency(1);
}

/**
 * Pixels as they are seen: of the first frame, turned upright as EXIF says, on white where it is transparent, in sRGB (from
 * CMYK, and by the embedded profile), 8 bits a sample.
 *
 * Takes 3 bytes a pixel, 120 MB at 40 million: squashing picks single pixels from all over, and a decoder makes them row
 * by row. With what the decoder itself needs the process was seen at 215 MB for such a JPEG, 320 where EXIF turns it, 440
 * where it is progressive, 390 for WebP, 730 for an interlaced PNG of 16 bits, and 790 for AVIF.
 *
 * @param seconds after which decoding stops
 * @throws ImageProblem `too-many-pixels`, `too-slow` or `damaged`
 */
export async function decode(
  bytes: Uint8Array,
  format: ImageFormat,
  maxPixels: number,
  seconds: number,
): Promise<Pixels> {
  if (format === 'ppm') return readPpm(bytes, maxPixels);
  try {
    const options = {
      // Serious errors, and what ends too early. Browsers show what merely deserves a warning.
      failOn: 'error',
      limitInputPixels: maxPixels,
      page: 0,
      pages: 1,
    } as const;
    const header = await sharp(bytes, options).metadata();
    checkPixels(header.width, header.height, maxPixels);
    const { data, info } = await sharp(bytes, options)
      .timeout({ seconds })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: info.channels === 3 ? data : greyToRgb(data) };
  } catch (error) {
    throw problemOf(error, maxPixels);
  }
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(3 * grey.length);
  for (let at = 0; at < grey.length; at += 1) rgb.fill(grey[at] ?? 0, 3 * at, 3 * at + 3);
  return rgb;
}

/** What sharp says, which may repeat text out of the picture, in a sentence of ours. */
function problemOf(error: unknown, maxPixels: number): Error {
  if (error instanceof ImageProblem || !(error instanceof Error)) return error as Error;
  if (/exceeds pixel limit/.test(error.message)) {
    return new ImageProblem(
      'too-many-pixels',
      `The picture is too large: more than ${maxPixels} pixels are not looked at.`,
    );
  }
  if (/timeout/i.test(error.message)) return new ImageProblem('too-slow', 'It took too long to decode.');
  return new ImageProblem('damaged', 'The picture is damaged, or only a part of it is there.');
}
