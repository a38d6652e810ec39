import { ImageProblem } from './image-problem.js';
import type { Pixels } from './pixels.js';

/** Magic, width, height and largest sample, with white space and comments between them, then one white space. */
const HEADER =
  /^P6(?:\s+(?:#[^\n]*\n\s*)*)(\d{1,9})(?:\s+(?:#[^\n]*\n\s*)*)(\d{1,9})(?:\s+(?:#[^\n]*\n\s*)*)(\d{1,5})\s/;

/** So many bytes may a header have, comments included. */
const LONGEST_HEADER = 4096;

/**
 * Pixels of a binary PPM file (P6; https://netpbm.sourceforge.net/doc/ppm.html), scaled to 8 bits. Of several pictures in
 * a file, the first.
 *
 * @throws ImageProblem `damaged` or `too-many-pixels`
 */
export function readPpm(bytes: Uint8Array, maxPixels: number): Pixels {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LONGEST_HEADER));
  const [header = '', ...fields] = HEADER.exec(head.toString('latin1')) ?? [];
  const [width = 0, height = 0, most = 0] = fields.map(Number);
  if (width < 1 || height < 1 || most < 1 || most > 65_535) {
    throw new ImageProblem('damaged', 'The header of this PPM file can not be read.');
  }
  checkPixels(width, height, maxPixels);
  const samples = 3 * width * height;
  const given = bytes.subarray(header.length, header.length + samples * (most > 255 ? 2 : 1));
  if (given.length < samples * (most > 255 ? 2 : 1)) {
    throw new ImageProblem('damaged', 'This PPM file ends before its picture does.');
  }
  if (most === 255) return { width, height, rgb: given };
  const rgb = new Uint8Array(samples);
  for (let at = 0; at < samples; at += 1) {
    const sample = most > 255 ? ((given[2 * at] ?? 0) << 8) | (given[2 * at + 1] ?? 0) : (given[at] ?? 0);
    rgb[at] = Math.round((255 * Math.min(sample, most)) / most);
  }
  return { width, height, rgb };
}

/** @throws ImageProblem `too-many-pixels` */
export function checkPixels(width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new ImageProblem(
    'too-many-pixels',
    `The picture is ${width} x ${height}: more than ${maxPixels} pixels are not looked at.`,
  );
}
