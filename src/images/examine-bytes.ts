import { hash } from 'node:crypto';
import type { Indistinct } from '../core/content.js';
import { decode } from './decode.js';
import { drawSnapshots, type Snapshots } from './draw-snapshots.js';
import { indistinctOf } from './indistinct-of.js';
import { pdqOf } from './pdq.js';
import { sniff, type ImageFormat } from './sniff.js';

/** What bytes say of the picture in them. */
export interface ExaminedImage {
  /** Of the bytes as they came. */
  readonly sha256: Buffer;
  /** 32 bytes, as hexadecimal prints them; null where a side is under 5 pixels. */
  readonly pdq: Buffer | null;
  /** 0 to 100; null with `pdq`. */
  readonly quality: number | null;
  /** Why a block must not follow these bytes to others; null where it may. */
  readonly indistinct: Indistinct | null;
  readonly format: ImageFormat;
  /** Upright (EXIF orientation applied), in pixels. */
  readonly width: number;
  readonly height: number;
  /** How many they are. */
  readonly bytes: number;
  readonly snapshots: Snapshots | null;
}

/** What is asked of one picture. */
export interface Examination {
  readonly bytes: Uint8Array;
  readonly snapshots: boolean;
  /** Are PPM files taken? */
  readonly ppm: boolean;
  readonly maxPixels: number;
  readonly seconds: number;
}

/**
 * Looks at a picture, in a process that may die of it (`ImageExaminer` starts one).
 * @throws ImageProblem
 */
export async function examineBytes(asked: Examination): Promise<ExaminedImage> {
  const { bytes } = asked;
  const format = sniff(bytes, asked.ppm);
  const pixels = await decode(bytes, format, asked.maxPixels, asked.seconds);
  const fingerprint = pdqOf(pixels);
  return {
    sha256: hash('sha256', bytes, 'buffer'),
    pdq: fingerprint === null ? null : Buffer.from(fingerprint.pdq),
    quality: fingerprint?.quality ?? null,
    indistinct: indistinctOf(pixels, fingerprint),
    format,
    width: pixels.width,
    height: pixels.height,
    bytes: bytes.length,
    snapshots: asked.snapshots ? await drawSnapshots(pixels) : null,
  };
}
