/** What PDQ looks at: so many rows of so many values. */
export const SIDE = 64;

/**
 * Makes a picture 64 x 64, as PDQ does: two passes of a box along the rows and along the columns, each about as wide as
 * half of what becomes one value; then the value in the middle of each 64th. (Wojciech Jarosz, "Fast Image Convolutions";
 * section "downsampling" of hashing.pdf.)
 *
 * Sums run along a line and are rounded to 32 bits at every step, in the order of the reference: otherwise a bit may
 * fall differently. `Math.fround` of a sum, product or quotient of such numbers is what a processor gives for floats.
 *
 * @param luma rows from the top; overwritten
 * @param spare at least as large; overwritten
 */
export function jaroszFilter(
  luma: Float32Array,
  spare: Float32Array,
  width: number,
  height: number,
): Float32Array {
  const acrossRows = boxWidth(width);
  const acrossColumns = boxWidth(height);
  const columns = middles(width);
  const everyRow = Int32Array.from({ length: height }, (_, row) => row);
  const narrow = new Float32Array(SIDE * height);
  const small = new Float32Array(SIDE * SIDE);
  alongRows(luma, spare, width, height, acrossRows, null);
  alongColumns(spare, luma, width, height, acrossColumns, everyRow);
  // Of the second pass only what is taken in the end is written.
  alongRows(luma, narrow, width, height, acrossRows, columns);
  alongColumns(narrow, small, SIDE, height, acrossColumns, middles(height));
  return small;
}

/** Half of a 64th of the side, rounded up: two passes of it reach a whole one. */
const boxWidth = (length: number): number => Math.ceil(length / (2 * SIDE));

/** Where the middle of each 64th of a side is. */
const middles = (length: number): Int32Array =>
  Int32Array.from({ length: SIDE }, (_, part) => Math.floor(((part + 0.5) * length) / SIDE));

/** How far a box reaches beyond the value that it is for; before it, one less where the box is even. */
const reach = (box: number): number => Math.floor((box + 2) / 2) - 1;

/**
 * The mean of the box around each value, along rows; at the ends, of the part of the box that is there.
 *
 * @param columns which means are written, side by side; all where null
 */
function alongRows(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  box: number,
  columns: Int32Array | null,
): void {
  const ahead = reach(box);
  const outputs = columns === null ? width : columns.length;
  // Four rows at a time: each sum waits for the one before, so one row alone leaves the processor idle. Where the rows
  // do not come out even the last ones are done twice.
  for (let first = 0; first < height; first += 4) {
    const row0 = first;
    const row1 = Math.min(first + 1, height - 1);
    const row2 = Math.min(first + 2, height - 1);
    const row3 = Math.min(first + 3, height - 1);
    const from0 = row0 * width;
    const from1 = row1 * width;
    const from2 = row2 * width;
    const from3 = row3 * width;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let next = 0;
    for (let output = 0; output < outputs; output += 1) {
      const middle = columns === null ? output : (columns[output] ?? 0);
      for (const end = middle + ahead; next <= end; next += 1) {
        if (next < width) {
          sum0 = Math.fround(sum0 + (from[from0 + next] ?? 0));
          sum1 = Math.fround(sum1 + (from[from1 + next] ?? 0));
          sum2 = Math.fround(sum2 + (from[from2 + next] ?? 0));
          sum3 = Math.fround(sum3 + (from[from3 + next] ?? 0));
        }
        const last = next - box;
        if (last >= 0) {
          sum0 = Math.fround(sum0 - (from[from0 + last] ?? 0));
          sum1 = Math.fround(sum1 - (from[from1 + last] ?? 0));
          sum2 = Math.fround(sum2 - (from[from2 + last] ?? 0));
          sum3 = Math.fround(sum3 - (from[from3 + last] ?? 0));
        }
      }
      const values = Math.min(middle + ahead, width - 1) - Math.max(middle + ahead - box, -1);
      to[row0 * outputs + output] = sum0 / values;
      to[row1 * outputs + output] = sum1 / values;
      to[row2 * outputs + output] = sum2 / values;
      to[row3 * outputs + output] = sum3 / values;
    }
  }
}

/** The same along columns: all of them at once, row by row, as they lie in memory. */
function alongColumns(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  box: number,
  rows: Int32Array,
): void {
  const ahead = reach(box);
  const sums = new Float32Array(width);
  let next = 0;
  for (let output = 0; output < rows.length; output += 1) {
    const middle = rows[output] ?? 0;
    for (const end = middle + ahead; next <= end; next += 1) {
      if (next < height) {
        const row = next * width;
        for (let x = 0; x < width; x += 1) sums[x] = (sums[x] ?? 0) + (from[row + x] ?? 0);
      }
      if (next >= box) {
        const row = (next - box) * width;
        for (let x = 0; x < width; x += 1) sums[x] = (sums[x] ?? 0) - (from[row + x] ?? 0);
      }
    }
    const values = Math.min(middle + ahead, height - 1) - Math.max(middle + ahead - box, -1);
    const row = output * width;
    for (let x = 0; x < width; x += 1) to[row + x] = (sums[x] ?? 0) / values;
  }
}
