import { SIDE } from './jarosz-filter.js';

/** How many frequencies are kept in each direction: the lowest but the mean. */
const FREQUENCIES = 16;

/** Frequencies 1 to 16 of a line of 64, a row each. */
const COSINES = Float32Array.from({ length: FREQUENCIES * SIDE }, (_, at) => {
  const frequency = Math.floor(at / SIDE) + 1;
  const place = at % SIDE;
  return Math.fround(Math.sqrt(2 / SIDE)) * Math.cos((Math.PI / 2 / SIDE) * frequency * (2 * place + 1));
});

const half = new Float32Array(FREQUENCIES * SIDE);

/** The 16 x 16 lowest frequencies of a picture of 64 x 64, a row for each vertical one; summed in the order of the reference. */
export function cosineTransform(picture: Float32Array): Float32Array {
  half.fill(0);
  for (let frequency = 0; frequency < FREQUENCIES; frequency += 1) {
    const row = frequency * SIDE;
    for (let y = 0; y < SIDE; y += 1) {
      const cosine = COSINES[row + y] ?? 0;
      for (let x = 0; x < SIDE; x += 1) {
        half[row + x] = (half[row + x] ?? 0) + Math.fround(cosine * (picture[y * SIDE + x] ?? 0));
      }
    }
  }
  const all = new Float32Array(FREQUENCIES * FREQUENCIES);
  for (let x = 0; x < SIDE; x += 1) {
    for (let vertical = 0; vertical < FREQUENCIES; vertical += 1) {
      const value = half[vertical * SIDE + x] ?? 0;
      for (let horizontal = 0; horizontal < FREQUENCIES; horizontal += 1) {
        const at = vertical * FREQUENCIES + horizontal;
        all[at] = (all[at] ?? 0) + Math.fround(value * (COSINES[horizontal * SIDE + x] ?? 0));
      }
    }
  }
  return all;
}
