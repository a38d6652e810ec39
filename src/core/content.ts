/**
 * What bytes say of the picture in them (docs/rules.md, rule 14). The fingerprint is PDQ, Meta's published perceptual
 * hash: https://github.com/facebook/ThreatExchange (hashing/hashing.pdf), where both numbers below come from, too.
 */

/** Two fingerprints that differ in so many of their 256 bits, or fewer, are of the same picture. */
export const SAME_PICTURE = 31;
/** A picture of less quality (0 to 100) has too few features for its fingerprint to say anything. */
export const LEAST_QUALITY = 50;

/** `pdq`: 32 bytes, in the order in which hexadecimal prints them. */
export interface Fingerprint {
  readonly pdq: Uint8Array;
  readonly quality: number;
}

/**
 * Why bytes are not enough of a picture for a block to follow them: blank or nearly so (`quality`), an icon or a
 * tracking pixel (`size`), a logo or a placeholder (`graphic`).
 */
export const INDISTINCT = ['quality', 'size', 'graphic'] as const;
export type Indistinct = (typeof INDISTINCT)[number];

/** How many of 256 bits differ. */
export function bitsApart(a: Uint8Array, b: Uint8Array): number {
  let bits = 0;
  for (let at = 0; at < 32; at += 1) bits += ones((a[at] ?? 0) ^ (b[at] ?? 0));
  return bits;
}

/** Are both of one picture, encoded in two ways? False where either says nothing. */
export const isSamePicture = (a: Fingerprint | null, b: Fingerprint | null): boolean =>
  a !== null &&
  b !== null &&
  a.quality >= LEAST_QUALITY &&
  b.quality >= LEAST_QUALITY &&
  bitsApart(a.pdq, b.pdq) <= SAME_PICTURE;

/** How many bits of a byte are set: added up in pairs, then in fours, then in all eight. */
function ones(byte: number): number {
  const pairs = byte - ((byte >> 1) & 0x55);
  const fours = (pairs & 0x33) + ((pairs >> 2) & 0x33);
  return (fours + (fours >> 4)) & 0x0f;
}
