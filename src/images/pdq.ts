import type { Fingerprint } from '../core/content.js';
import { cosineTransform } from './cosine-transform.js';
import { jaroszFilter, SIDE } from './jarosz-filter.js';
import type { Pixels } from './pixels.js';
import { squash } from './squash.js';

/** The reference hashes nothing smaller. */
const LEAST_SIDE = 5;

/** The largest picture after `squash`. */
const MOST_PIXELS = 512 * 512;

// What 0 to 255 of red, green and blue add to what the eye takes for brightness (BT.601), as floats.
const share = (weight: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, sample) => Math.fround(weight) * sample);
const RED = share(0.299);
const GREEN = share(0.587);
const BLUE = share(0.114);

// Kept from picture to picture: 2 MB that need not be cleared and collected each time.
const luma = new Float32Array(MOST_PIXELS);
const spare = new Float32Array(MOST_PIXELS);

/**
 * PDQ, Meta's perceptual hash: 256 bits that few changes of a picture change, and from 0 to 100 how many features they rest
 * on. The same pixels give the same bits and quality as Meta's reference in C++, whose arithmetic (32-bit floats) this
 * follows step by step. Which bits: those of the 16 x 16 lowest frequencies that are above the median.
 *
 * Source: https://github.com/facebook/ThreatExchange, hashing/hashing.pdf and pdq/cpp.
 *
 * @returns null where a side is under 5 pixels
 */
export function pdqOf(pixels: Pixels): Fingerprint | null {
  if (pixels.width < LEAST_SIDE || pixels.height < LEAST_SIDE) return null;
  const { width, height, rgb } = squash(pixels);
  for (let at = 0, from = 0; at < width * height; at += 1, from += 3) {
    const red = RED[rgb[from] ?? 0] ?? 0;
    const green = GREEN[rgb[from + 1] ?? 0] ?? 0;
    luma[at] = Math.fround(red + green) + (BLUE[rgb[from + 2] ?? 0] ?? 0);
  }
  const small = jaroszFilter(luma, spare, width, height);
  return { pdq: bitsOf(cosineTransform(small)), quality: qualityOf(small) };
}

/** Bit 255, the highest of both frequencies, comes first, as hexadecimal prints it. */
function bitsOf(frequencies: Float32Array): Uint8Array {
  // Of an even number the lower of the two in the middle.
  const median = frequencies.toSorted()[frequencies.length / 2 - 1] ?? 0;
  const bits = new Uint8Array(32);
  for (const [bit, value] of frequencies.entries()) {
    if (value > median) bits[31 - (bit >> 3)] = (bits[31 - (bit >> 3)] ?? 0) | (1 << (bit & 7));
  }
  return bits;
}

/**
 * Steps between neighbours, in whole hundredths of the range, the rest cut off; 90 of them are one point of quality (a
 * heuristic of the reference).
 */
function qualityOf(small: Float32Array): number {
  let steps = 0;
  for (let at = 0; at < small.length; at += 1) {
    const value = small[at] ?? 0;
    if (at + SIDE < small.length) steps += stepOf(value, small[at + SIDE] ?? 0);
    if (at % SIDE < SIDE - 1) steps += stepOf(value, small[at + 1] ?? 0);
  }
  return Math.min(100, Math.floor(steps / 90));
}

const stepOf = (a: number, b: number): number =>
  Math.abs(Math.trunc(Math.fround(Math.fround(Math.fround(a - b) * 100) / 255)));
