import sharp, { type Sharp } from 'sharp';
import type { Pixels } from './pixels.js';

/** What moderators see of a picture, WebP. */
export interface Snapshots {
  readonly thumbnail: Buffer;
  readonly preview: Buffer;
}

/** For lists: twice the 160 pixels that they show, for screens of two pixels to the point. */
const THUMBNAIL = { side: 320, mostBytes: 60_000 };
/** For judging: half of a large screen. At most 400 kB, so that a disk of 100 GB holds 250,000 of the worst. */
const PREVIEW = { side: 1600, mostBytes: 400_000 };

/** Tried in turn until a snapshot is small enough; at the last one, blocks are seen, and still what the picture shows. */
const WORST = 20;
const QUALITIES = [80, 50, WORST];
/** What is too large even then (noise) is made smaller: by what is missing, and a little more. */
const MARGIN = 0.9;
/** Of 0 to 6: half of the usual time (4), for files that are a twentieth larger. */
const EFFORT = 2;

/**
 * Draws thumbnail and preview: never larger than the picture, never above their bytes, and without any metadata, since
 * they are drawn from pixels alone: where a photograph was taken is nobody's business here.
 */
export async function drawSnapshots(pixels: Pixels): Promise<Snapshots> {
  const preview = await within(pixels, PREVIEW.side);
  return {
    preview: await encode(preview, PREVIEW.mostBytes),
    thumbnail: await encode(await within(preview, THUMBNAIL.side), THUMBNAIL.mostBytes),
  };
}

async function encode(pixels: Pixels, mostBytes: number): Promise<Buffer> {
  let encoded = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    encoded = await open(pixels).webp({ quality, effort: EFFORT }).toBuffer();
    if (encoded.length <= mostBytes) return encoded;
  }
  let smaller = pixels;
  while (encoded.length > mostBytes) {
    const share = MARGIN * Math.sqrt(mostBytes / encoded.length);
    smaller = await within(smaller, Math.floor(share * Math.max(smaller.width, smaller.height)));
    encoded = await open(smaller).webp({ quality: WORST, effort: EFFORT }).toBuffer();
  }
  return encoded;
}

/** The picture with no side longer than `side`. */
async function within(pixels: Pixels, side: number): Promise<Pixels> {
  if (pixels.width <= side && pixels.height <= side) return pixels;
  const { data, info } = await open(pixels)
    .resize(side, side, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

const open = ({ width, height, rgb }: Pixels): Sharp =>
  sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
