import type { Pixels } from './pixels.js';

/** The filter of PDQ is dear, so what is larger is made smaller first, as Meta's reference does. */
const MOST = 512;

/**
 * A picture with a side above 512 pixels, as one of 512 x 512; others as they are. Each pixel is the one at
 * `floor(x * width / 512)`: no mean is taken, and the shape is not kept. Other ways give other fingerprints.
 */
export function squash(pixels: Pixels): Pixels {
  const { width, height, rgb } = pixels;
  if (width <= MOST && height <= MOST) return pixels;
  const columns = Int32Array.from({ length: MOST }, (_, x) => 3 * Math.floor((x * width) / MOST));
  const squashed = new Uint8Array(3 * MOST * MOST);
  let to = 0;
  for (let y = 0; y < MOST; y += 1) {
    const row = 3 * width * Math.floor((y * height) / MOST);
    for (let x = 0; x < MOST; x += 1, to += 3) {
      const from = row + (columns[x] ?? 0);
      squashed[to] = rgb[from] ?? 0;
      squashed[to + 1] = rgb[from + 1] ?? 0;
      squashed[to + 2] = rgb[from + 2] ?? 0;
    }
  }
  return { width: MOST, height: MOST, rgb: squashed };
}
