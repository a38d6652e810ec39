/** Numbers that look random and come again with the same seed (mulberry32, public domain). */
export class Seeded {
  constructor(private state: number) {}

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  oneOf<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }
}

/** Given again as VIGIE_SEED, the same draws come again. */
export const seedOfRun = (): number =>
  Number(process.env['VIGIE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
