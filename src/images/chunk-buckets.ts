import { WORDS } from './hamming.js';

/** A fingerprint is looked at as so many chunks of 16 bits. */
export const CHUNKS = 2 * WORDS;
const CHUNK_BITS = 16;
const VALUES = 1 << CHUNK_BITS;

/** Who has so many of one chunk walks no list of it: looking at all fingerprints in a row is faster, and has a bound. */
const CROWDED = 4096;
/** In place of the first of a list: it is not kept. */
const NOT_KEPT = -1;

/** The 16 bits of a chunk. */
export const chunkOf = (words: Int32Array, at: number, chunk: number): number =>
  ((words[at + (chunk >> 1)] ?? 0) >>> (chunk & 1 ? 0 : CHUNK_BITS)) & (VALUES - 1);

/** The next one in each of the lists that an entry is in, by chunk: what an entry keeps for its buckets. */
export interface Links {
  next(entry: number, chunk: number): number;
  setNext(entry: number, chunk: number, next: number): void;
}

/**
 * Which entries have which 16 bits in which chunk: 16 x 65536 lists. Numbers of entries are kept with 1 added, so that 0 is
 * "none". A list that gets too long is dropped and only counted; it comes back when half of it has gone.
 */
export class ChunkBuckets {
  readonly #first = new Int32Array(CHUNKS * VALUES);
  readonly #counts = new Int32Array(CHUNKS * VALUES);
  readonly #links: Links;
  readonly #all: (chunk: number, value: number) => Iterable<number>;

  /** @param all every entry that has this value in this chunk, found without any list */
  constructor(links: Links, all: (chunk: number, value: number) => Iterable<number>) {
    this.#links = links;
    this.#all = all;
  }

  add(entry: number, chunk: number, value: number): void {
    const bucket = chunk * VALUES + value;
    const count = (this.#counts[bucket] ?? 0) + 1;
    this.#counts[bucket] = count;
    if (count > CROWDED) this.#first[bucket] = NOT_KEPT;
    if (this.#first[bucket] !== NOT_KEPT) this.#link(entry, chunk, bucket);
  }

  /** The entry must not be among `all` any more. */
  remove(entry: number, chunk: number, value: number): void {
    const bucket = chunk * VALUES + value;
    const count = (this.#counts[bucket] ?? 0) - 1;
    this.#counts[bucket] = count;
    if (this.#first[bucket] !== NOT_KEPT) {
      this.#unlink(entry, chunk, bucket);
    } else if (count <= CROWDED / 2) {
      this.#first[bucket] = 0;
      for (const other of this.#all(chunk, value)) this.#link(other, chunk, bucket);
    }
  }

  /** How many have one of the values in one chunk; infinitely many where a list is not kept. */
  count(chunk: number, values: Iterable<number>): number {
    let sum = 0;
    for (const value of values) {
      const bucket = chunk * VALUES + value;
      if (this.#first[bucket] === NOT_KEPT) return Infinity;
      sum += this.#counts[bucket] ?? 0;
    }
    return sum;
  }

  /** Calls `visit` with each entry that has this value in this chunk. */
  visit(chunk: number, value: number, visit: (entry: number) => void): void {
    let entry = this.#first[chunk * VALUES + value] ?? 0;
    while (entry > 0) {
      visit(entry - 1);
      entry = this.#links.next(entry - 1, chunk);
    }
  }

  #link(entry: number, chunk: number, bucket: number): void {
    this.#links.setNext(entry, chunk, this.#first[bucket] ?? 0);
    this.#first[bucket] = entry + 1;
  }

  #unlink(entry: number, chunk: number, bucket: number): void {
    const next = this.#links.next(entry, chunk);
    if (this.#first[bucket] === entry + 1) {
      this.#first[bucket] = next;
      return;
    }
    let before = (this.#first[bucket] ?? 0) - 1;
    while (before >= 0) {
      const after = this.#links.next(before, chunk);
      if (after === entry + 1) {
        this.#links.setNext(before, chunk, next);
        return;
      }
      before = after - 1;
    }
  }
}

/** A chunk's value, and where one bit may differ all 16 that differ in one. */
export function valuesNear(value: number, bits: 0 | 1): number[] {
  const near = [value];
  for (let bit = 0; bits === 1 && bit < CHUNK_BITS; bit += 1) near.push(value ^ (1 << bit));
  return near;
}
