import sharp, { type Sharp } from 'sharp';
import type { Pixels } from './pixels.js';

/** What moderators see of a picture, WebP. */
export interface Snapshots {
  readonly thumbnail: Buffer;
  readonly preview: Buffer;
}

/** For lists: twice the 160 pixels that they show, for screens of two pixels to the point. */
const THUMBNAIL = { side: 320, mostBytes: 60_000 };
/** For judging: a large screen's half. At 400 kB a million of them are 400 GB at worst; a usual one has 120 kB. */
const PREVIEW = { side: 1600, mostBytes: 400_000 };

/** Tried in turn until a snapshot is small enough; at the last one, blocks are seen, and still what the picture shows. */
const QUALITIES = [80, 60, 40, 20];
/** What even that leaves too large (noise) is made smaller, again and again. */
const SMALLER = 0.75;

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
  for (const quality of QUALITIES) {
    const encoded = await open(pixels).webp({ quality }).toBuffer();
    if (encoded.length <= mostBytes) return encoded;
  }
  const side = Math.floor(SMALLER * Math.max(pixels.width, pixels.height));
  return encode(await within(pixels, side), mostBytes);
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
