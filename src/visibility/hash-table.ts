import { randomInt } from 'node:crypto';
import type { Entry } from './entry.js';
import { HashSegment } from './hash-segment.js';

/** More segments: shorter pauses when one grows, more slack in small tables. A power of two. */
const SEGMENTS = 16;

/**
 * A map from the 128-bit hashes of images to their blocks: exact keys, at most 40 bytes an entry from 10,000 entries
 * on, free slots included. It grows by one segment at a time, after every 15% of growth: at a million entries that
 * lays out 62,500 slots anew, a pause of a few milliseconds, with only that segment in memory twice.
 */
export class HashTable {
  private readonly segments: readonly HashSegment[];

  /**
   * `mix`: two numbers, the first odd, that scatter hashes over the slots. Random ones keep a publisher who looks for
   * URLs with neighbouring hashes from filling one stretch of everybody's table.
   */
  constructor([a, b]: readonly [number, number] = [randomOdd(), randomOdd()]) {
    this.segments = Array.from({ length: SEGMENTS }, () => new HashSegment(a, b));
  }

  get size(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0);
  }

  /** Bytes held by the arrays, free slots included. */
  get bytes(): number {
    return this.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** `hash`, here and below: 16 bytes; throws a RangeError for another length. */
  get(hash: Buffer): Entry | null {
    return this.segment(hash).get(hash);
  }

  set(hash: Buffer, entry: Entry): void {
    this.segment(hash).set(hash, entry);
  }

  delete(hash: Buffer): void {
    this.segment(hash).delete(hash);
  }

  private segment(hash: Buffer): HashSegment {
    const segment = this.segments[(hash[15] ?? 0) & (SEGMENTS - 1)];
    if (segment === undefined || hash.length !== 16) {
      throw new RangeError(`A hash of an image has 16 bytes, not ${hash.length}.`);
    }
    return segment;
  }
}

const randomOdd = (): number => randomInt(2 ** 32) | 1;
