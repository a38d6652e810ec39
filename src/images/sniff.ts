import { ImageProblem } from './image-problem.js';

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'ppm';

/** So many bytes are looked at. */
const HEAD = 512;

/** How other pictures begin. They are told from what is none, so that people learn what to do; none is decoded. */
const OTHER_PICTURES: readonly [name: string, starts: readonly string[]][] = [
  ['TIFF', ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']],
  ['JPEG XL', ['\xff\x0a', '\0\0\0\x0cJXL ']],
  ['JPEG 2000', ['\0\0\0\x0cjP  ', '\xff\x4f\xff\x51']],
  ['ICO', ['\0\0\x01\0', '\0\0\x02\0']],
  ['Photoshop', ['8BPS']],
];

/** What may come before the first element of an SVG. */
const SVG =
  /^(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->)[^])*-->|<!doctype svg[^>]*>)\s*)*<svg[\s>]/i;

/**
 * Of what kind bytes are, by how they begin: neither names nor what a server says are asked. Only what is on our own list
 * reaches a decoder.
 *
 * @param ppm are binary PPM files (P6) wanted, too?
 * @throws ImageProblem `not-an-image` or `not-supported`
 */
export function sniff(bytes: Uint8Array, ppm = false): ImageFormat {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'webp';
  if (isAvif(head)) return 'avif';
  if (ppm && /^P6\s/.test(head)) return 'ppm';
  const other = otherPicture(head);
  if (other !== null) {
    throw new ImageProblem('not-supported', `Pictures of this kind (${other}) are not looked at.`);
  }
  throw new ImageProblem(
    'not-an-image',
    bytes.length === 0 ? 'The file is empty.' : 'This is not a picture.',
  );
}

/** The brands of an ISO file: the major one, its version, then those that it is compatible with, four characters each. */
function isAvif(head: string): boolean {
  if (head.slice(4, 8) !== 'ftyp') return false;
  const end = Math.min(Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE(), head.length);
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) {
    if (['avif', 'avis'].includes(head.slice(at, at + 4))) return true;
  }
  return false;
}

function otherPicture(head: string): string | null {
  const found = OTHER_PICTURES.find(([, starts]) => starts.some((start) => head.startsWith(start)));
  if (found !== undefined) return found[0];
  if (SVG.test(head)) return 'SVG';
  if (/^[^]{4}ftyp(?:hei|hev|mif1|msf1)/.test(head)) return 'HEIC';
  // Two letters alone begin many a text; four reserved bytes after the size are zero.
  if (head.startsWith('BM') && head.slice(6, 10) === '\0\0\0\0') return 'BMP';
  return /^P[1-6]\s/.test(head) ? 'PNM' : null;
}
