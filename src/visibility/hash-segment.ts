import { BlockTable } from '../client/block-table.js';
import { isReviewed, markOf, reasonOf, type Entry } from './entry.js';

const { floor, imul } = Math;

/** A part of the map from 128-bit keys to entries: the very table in which the client library keeps its images. */
export class HashSegment {
  private readonly table = new BlockTable();
  /** The last key that was looked for, as its table has it. */
  private readonly key = new Uint32Array(4);

  /** `a` and `b` mix the key's first 64 bits; `a` must be odd (see `keyOf`). */
  constructor(
    private readonly a: number,
    private readonly b: number,
  ) {}

  get size(): number {
    return this.table.size;
  }

  get bytes(): number {
    return this.table.bytes;
  }

  get(hash: Buffer): Entry | null {
    const { table } = this;
    const slot = table.find(this.keyOf(hash));
    if (slot < 0) return null;
    const mark = table.mark(slot);
    return {
      reason: reasonOf(mark),
      since: table.since(slot) * 1000,
      version: table.version(slot),
      reviewed: isReviewed(mark),
    };
  }

  set(hash: Buffer, entry: Entry): void {
    this.table.set(this.keyOf(hash), entry.version, floor(entry.since / 1000), markOf(entry));
  }

  delete(hash: Buffer): void {
    this.table.delete(this.keyOf(hash));
  }

  /** The first word is mixed: with the second one known, either gives the other, so nothing is lost. */
  private keyOf(hash: Buffer): Uint32Array {
    const { key } = this;
    const second = hash.readUInt32LE(4);
    key[0] = imul(hash.readUInt32LE(0), this.a) + imul(second, this.b);
    key[1] = second;
    key[2] = hash.readUInt32LE(8);
    key[3] = hash.readUInt32LE(12);
    return key;
  }
}
