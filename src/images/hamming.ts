/** 32-bit words of a fingerprint. */
export const WORDS = 8;

/** The words of a fingerprint of 32 bytes, the first byte highest. */
export function wordsOf(pdq: Uint8Array): Int32Array {
  if (pdq.length !== 4 * WORDS)
    throw new RangeError(`A fingerprint has ${4 * WORDS} bytes, not ${pdq.length}.`);
  const view = new DataView(pdq.buffer, pdq.byteOffset, pdq.byteLength);
  return Int32Array.from({ length: WORDS }, (_, word) => view.getInt32(4 * word));
}

/** How many bits of a 32-bit word are set: counted in pairs, fours and eights, then all bytes added up by one product. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * How many bits two fingerprints differ in, `a` beginning at `at`; something above `most` where they differ in more. Most do,
 * and are given up after two or four of the eight words.
 */
export function bitsApartWithin(a: Int32Array, at: number, b: Int32Array, most: number): number {
  let apart = bitsIn((a[at] ?? 0) ^ (b[0] ?? 0)) + bitsIn((a[at + 1] ?? 0) ^ (b[1] ?? 0));
  if (apart > most) return apart;
  apart += bitsIn((a[at + 2] ?? 0) ^ (b[2] ?? 0)) + bitsIn((a[at + 3] ?? 0) ^ (b[3] ?? 0));
  if (apart > most) return apart;
  apart += bitsIn((a[at + 4] ?? 0) ^ (b[4] ?? 0)) + bitsIn((a[at + 5] ?? 0) ^ (b[5] ?? 0));
  if (apart > most) return apart;
  return apart + bitsIn((a[at + 6] ?? 0) ^ (b[6] ?? 0)) + bitsIn((a[at + 7] ?? 0) ^ (b[7] ?? 0));
}

/**
 * Looks at so many fingerprints in a row, and calls `found` with the place and the distance of each that is near enough. The
 * same as above with `b` in variables, which takes a tenth off a scan.
 */
export function scanWithin(
  all: Int32Array,
  entries: number,
  b: Int32Array,
  most: number,
  found: (entry: number, apart: number) => void,
): void {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, b7 = 0] = b;
  for (let entry = 0, at = 0; entry < entries; entry += 1, at += WORDS) {
    let apart = bitsIn((all[at] ?? 0) ^ b0) + bitsIn((all[at + 1] ?? 0) ^ b1);
    if (apart > most) continue;
    apart += bitsIn((all[at + 2] ?? 0) ^ b2) + bitsIn((all[at + 3] ?? 0) ^ b3);
    if (apart > most) continue;
    apart += bitsIn((all[at + 4] ?? 0) ^ b4) + bitsIn((all[at + 5] ?? 0) ^ b5);
    if (apart > most) continue;
    apart += bitsIn((all[at + 6] ?? 0) ^ b6) + bitsIn((all[at + 7] ?? 0) ^ b7);
    if (apart <= most) found(entry, apart);
  }
}
