import type { Pixels } from './pixels.js';

/** Samples of one colour lie within so many levels of it once a JPEG encoder has been at them. */
const SAME = 8;
/** Flags and logos seldom have more colours. */
const MOST_COLOURS = 6;
/** So much of a drawing is of these colours; the rest is edges between them. */
const LEAST_COVERED = 0.9;
/** Side of the squares that are looked at for texture: that of a JPEG's blocks, in which an edge leaves ripples. */
const BLOCK = 8;
/** So many of these squares show nothing but one colour. */
const LEAST_FLAT = 0.6;
/** So few of them are textured. The least that was seen in a photograph was 0.038. */
const MOST_TEXTURED = 0.02;
/** Ripples and softened edges: so far from one of two colours, as a share of the difference between them. */
const RIPPLE = 0.15;
/** The least that counts as one, in levels: a texture that is weaker than twice that can't be told from ripples. */
const LEAST_RIPPLE = 6;
/** In a square with an edge so many pixels are of one of the two colours. */
const LEAST_OF_TWO = 0.6;
/** And so many are of the colours of which most of the picture is. */
const LEAST_OF_MAIN = 0.25;

/**
 * Is this a logo, a flag, a placeholder, a line of text: something drawn with a few flat colours, which unrelated pages
 * share? Both must hold: a few colours cover nearly all of it, and hardly a square of 8 x 8 pixels is textured or of other
 * colours. A photograph at night is black for the most part, but not where there is light; a photograph of a clear sky has no
 * texture, but a hundred blues. In doubt it is no graphic: a block that does not follow a photograph is worse than a
 * logo at which people have to look. Figures: docs/fingerprints.md.
 */
export function isGraphic({ width, height, rgb }: Pixels): boolean {
  const main = mainColours(rgb);
  let [squares, flat, textured, covered] = [0, 0, 0, 0];
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      const own = coveredIn(rgb, width, left, top, main);
      const kind = kindOf(rgb, width, left, top);
      squares += 1;
      covered += own;
      if (kind === 'flat') flat += 1;
      if (kind === 'textured' || own < LEAST_OF_MAIN * BLOCK * BLOCK) textured += 1;
    }
  }
  return (
    flat >= LEAST_FLAT * squares &&
    textured <= MOST_TEXTURED * squares &&
    covered >= LEAST_COVERED * squares * BLOCK * BLOCK
  );
}

/** The first 5 bits of each sample: a colour and its noise fill at most 8 such cells. */
const cellOf = (rgb: Uint8Array, at: number): number =>
  (((rgb[at] ?? 0) >> 3) << 10) | (((rgb[at + 1] ?? 0) >> 3) << 5) | ((rgb[at + 2] ?? 0) >> 3);
const CELLS = 1 << 15;

/** Which cells (1) are of the few commonest colours: around the commonest, then around the commonest of the rest, and so on. */
function mainColours(rgb: Uint8Array): Uint8Array {
  const counts = new Uint32Array(CELLS);
  const sums = new Float64Array(3 * CELLS);
  for (let at = 0; at < rgb.length; at += 3) {
    const cell = cellOf(rgb, at);
    counts[cell] = (counts[cell] ?? 0) + 1;
    for (let channel = 0; channel < 3; channel += 1) {
      sums[3 * cell + channel] = (sums[3 * cell + channel] ?? 0) + (rgb[at + channel] ?? 0);
    }
  }
  const mean = (cell: number, channel: number): number =>
    (sums[3 * cell + channel] ?? 0) / (counts[cell] ?? 1);
  const used = [...counts.keys()]
    .filter((cell) => (counts[cell] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const main = new Uint8Array(CELLS);
  for (let colours = 0; colours < MOST_COLOURS; colours += 1) {
    const commonest = used.find((cell) => main[cell] === 0);
    if (commonest === undefined) break;
    const isOne = (cell: number): boolean =>
      [0, 1, 2].every((channel) => Math.abs(mean(cell, channel) - mean(commonest, channel)) <= SAME);
    for (const cell of used) if (isOne(cell)) main[cell] = 1;
  }
  return main;
}

/** How many pixels of a square are of the main colours. */
function coveredIn(rgb: Uint8Array, width: number, left: number, top: number, main: Uint8Array): number {
  let covered = 0;
  for (let y = top; y < top + BLOCK; y += 1) {
    for (let x = left; x < left + BLOCK; x += 1) covered += main[cellOf(rgb, 3 * (y * width + x))] ?? 0;
  }
  return covered;
}

const lightness = new Uint8Array(BLOCK * BLOCK);

/** Is a square of one colour, an edge between two, or neither? */
function kindOf(rgb: Uint8Array, width: number, left: number, top: number): 'flat' | 'edge' | 'textured' {
  let [least, most] = [255, 0];
  for (let pixel = 0; pixel < BLOCK * BLOCK; pixel += 1) {
    const at = 3 * ((top + Math.floor(pixel / BLOCK)) * width + left + (pixel % BLOCK));
    const value = ((rgb[at] ?? 0) * 77 + (rgb[at + 1] ?? 0) * 150 + (rgb[at + 2] ?? 0) * 29) >> 8;
    lightness[pixel] = value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most - least <= SAME) return 'flat';
  const ripple = Math.max(LEAST_RIPPLE, RIPPLE * (most - least));
  let near = 0;
  for (const value of lightness) if (value - least <= ripple || most - value <= ripple) near += 1;
  return near >= LEAST_OF_TWO * BLOCK * BLOCK ? 'edge' : 'textured';
}
