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
/** So few of them are textured. The least that was seen in a photograph was 0.028 (cells under a microscope). */
const MOST_TEXTURED = 0.02;
/** Ripples and softened edges: so far from one of two colours, as a share of the difference between them. */
const RIPPLE = 0.15;
/** In a square with an edge so many pixels are of one of the two colours. */
const LEAST_OF_TWO = 0.6;

/**
 * Is this a logo, a flag, a placeholder, a line of text: something drawn with a few flat colours, which unrelated pages
 * share? Both must hold: a few colours cover nearly all of it, and hardly a square of 8 x 8 pixels is textured. A
 * photograph at night has few colours, but texture where it is not black; a photograph of a clear sky has no texture, but
 * a hundred blues. In doubt it is no graphic: a block that does not follow a photograph is worse than one that stops
 * at a logo only because people look. Figures: docs/fingerprints.md.
 */
export function isGraphic(pixels: Pixels): boolean {
  const { flat, textured } = textureOf(pixels);
  return flat >= LEAST_FLAT && textured <= MOST_TEXTURED && coveredShare(pixels) >= LEAST_COVERED;
}

/** What share of a picture its few commonest colours cover. */
function coveredShare({ rgb }: Pixels): number {
  // 5 bits of each sample: a colour and its noise fill at most 8 neighbouring cells.
  const cells = new Uint32Array(1 << 15);
  const sums = new Float64Array(3 << 15);
  for (let at = 0; at < rgb.length; at += 3) {
    const r = rgb[at] ?? 0;
    const g = rgb[at + 1] ?? 0;
    const b = rgb[at + 2] ?? 0;
    const cell = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
    cells[cell] = (cells[cell] ?? 0) + 1;
    sums[3 * cell] = (sums[3 * cell] ?? 0) + r;
    sums[3 * cell + 1] = (sums[3 * cell + 1] ?? 0) + g;
    sums[3 * cell + 2] = (sums[3 * cell + 2] ?? 0) + b;
  }
  const used = [...cells.keys()]
    .filter((cell) => (cells[cell] ?? 0) > 0)
    .map((cell) => {
      const count = cells[cell] ?? 0;
      const mean = (channel: number): number => (sums[3 * cell + channel] ?? 0) / count;
      return { count, r: mean(0), g: mean(1), b: mean(2), taken: false };
    })
    .sort((a, b) => b.count - a.count);
  let covered = 0;
  for (let colours = 0; colours < MOST_COLOURS; colours += 1) {
    const commonest = used.find(({ taken }) => !taken);
    if (commonest === undefined) break;
    for (const cell of used) {
      const apart = Math.max(
        Math.abs(cell.r - commonest.r),
        Math.abs(cell.g - commonest.g),
        Math.abs(cell.b - commonest.b),
      );
      if (cell.taken || apart > SAME) continue;
      cell.taken = true;
      covered += cell.count;
    }
  }
  return (3 * covered) / rgb.length;
}

/** Which share of the squares of 8 x 8 pixels is of one colour, and which is neither that nor an edge between two. */
function textureOf({ width, height, rgb }: Pixels): { flat: number; textured: number } {
  let [squares, flat, textured] = [0, 0, 0];
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      squares += 1;
      const kind = kindOf(rgb, width, left, top);
      if (kind === 'flat') flat += 1;
      else if (kind === 'textured') textured += 1;
    }
  }
  return squares === 0 ? { flat: 0, textured: 1 } : { flat: flat / squares, textured: textured / squares };
}

function kindOf(rgb: Uint8Array, width: number, left: number, top: number): 'flat' | 'edge' | 'textured' {
  const at = (x: number, y: number): number => 3 * ((top + y) * width + left + x);
  const luma = (index: number): number =>
    ((rgb[index] ?? 0) * 77 + (rgb[index + 1] ?? 0) * 150 + (rgb[index + 2] ?? 0) * 29) >> 8;
  let [least, most] = [255, 0];
  for (let y = 0; y < BLOCK; y += 1) {
    for (let x = 0; x < BLOCK; x += 1) {
      const value = luma(at(x, y));
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  if (most - least <= SAME) return 'flat';
  const ripple = Math.max(SAME, RIPPLE * (most - least));
  let near = 0;
  for (let y = 0; y < BLOCK; y += 1) {
    for (let x = 0; x < BLOCK; x += 1) {
      const value = luma(at(x, y));
      if (value - least <= ripple || most - value <= ripple) near += 1;
    }
  }
  return near >= LEAST_OF_TWO * BLOCK * BLOCK ? 'edge' : 'textured';
}
