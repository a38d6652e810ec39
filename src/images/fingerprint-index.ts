import { CHUNKS, ChunkBuckets, chunkOf, valuesNear } from './chunk-buckets.js';
import { bitsApartWithin, scanWithin, WORDS, wordsOf } from './hamming.js';
import { ShardedMap } from './sharded-map.js';

/** A fingerprint that was found, and in how many bits it differs. */
export interface Near {
  readonly id: string;
  readonly distance: number;
}

const PAGE_BITS = 12;
/** Entries that get their memory together: 400 kB, so that growing copies nothing and takes no time. */
const PAGE = 1 << PAGE_BITS;

interface Page {
  readonly words: Int32Array;
  readonly next: Int32Array;
  /** Null: the place is free. */
  readonly ids: (string | null)[];
}

/** Looking at an entry in a list costs as much as looking at so many in a row: each is somewhere else in memory. Measured. */
const LIST_COST = 24;

/**
 * Fingerprints in memory, found by how near they are. Exact: whatever lies within the distance is found.
 *
 * Of 16 chunks of 16 bits two fingerprints that differ in at most 31 bits have one that differs in at most one (31 / 16 < 2;
 * "multi-index hashing", Norouzi, Punjani and Fleet, 2012). So it is enough to look at those that have in some chunk
 * the same 16 bits or one of the 16 neighbours: 272 lists, of a million some 4,000 entries. Where that would be more than a
 * part of all - there are few, the distance is larger, or many are alike - all are looked at in a row, as fast as
 * memory goes: nobody can make it slow by what they upload.
 *
 * An entry takes 96 bytes here (32 of fingerprint, 64 of lists) and some 65 of Node's heap for its id; the beginnings of
 * the lists 8 MB once. Figures: bench/README.md.
 */
export class FingerprintIndex {
  readonly #pages: Page[] = [];
  readonly #entries = new ShardedMap();
  readonly #free: number[] = [];
  readonly #buckets: ChunkBuckets;
  /** Numbers from here on were never used. */
  #end = 0;

  constructor() {
    this.#buckets = new ChunkBuckets(
      {
        next: (entry, chunk) => this.#page(entry).next[CHUNKS * (entry % PAGE) + chunk] ?? 0,
        setNext: (entry, chunk, next) => {
          this.#page(entry).next[CHUNKS * (entry % PAGE) + chunk] = next;
        },
      },
      (chunk, value) => this.#allWith(chunk, value),
    );
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Adds a fingerprint of 32 bytes; in the place of the one that this id had, if any.
   * @throws RangeError where it has another length
   */
  add(id: string, pdq: Uint8Array): void {
    const words = wordsOf(pdq);
    this.remove(id);
    const entry = this.#free.pop() ?? this.#end++;
    if (entry >= PAGE * this.#pages.length) this.#pages.push(newPage());
    const page = this.#page(entry);
    page.words.set(words, WORDS * (entry % PAGE));
    page.ids[entry % PAGE] = id;
    this.#entries.set(id, entry);
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) this.#buckets.add(entry, chunk, chunkOf(words, 0, chunk));
  }

  /** Removes what this id has; nothing where it has nothing. */
  remove(id: string): void {
    const entry = this.#entries.take(id);
    if (entry === undefined) return;
    const { words, ids } = this.#page(entry);
    ids[entry % PAGE] = null;
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      this.#buckets.remove(entry, chunk, chunkOf(words, WORDS * (entry % PAGE), chunk));
    }
    this.#free.push(entry);
  }

  /**
   * Those that differ from `pdq` in at most `distance` bits, nearest first; equally near ones in no particular order.
   *
   * @param most so many at most, the nearest: where a million are alike, to list them takes longer than to find them
   * @throws RangeError where it has not 32 bytes
   */
  search(pdq: Uint8Array, distance: number, most = Infinity): Near[] {
    const words = wordsOf(pdq);
    const found = new NearestFirst(distance, most);
    const near = this.#nearValues(words, distance);
    if (near === null) this.#scan(words, distance, found);
    else this.#probe(near, words, distance, found);
    return found.list();
  }

  /** For each chunk the values that are worth a look; null where looking at all in a row is faster. */
  #nearValues(words: Int32Array, distance: number): number[][] | null {
    if (distance >= 2 * CHUNKS) return null;
    const near = Array.from({ length: CHUNKS }, (_, chunk) =>
      valuesNear(chunkOf(words, 0, chunk), distance < CHUNKS ? 0 : 1),
    );
    let candidates = 0;
    for (const [chunk, values] of near.entries())
      candidates += values.length + this.#buckets.count(chunk, values);
    return candidates * LIST_COST < this.#end ? near : null;
  }

  #probe(near: readonly number[][], words: Int32Array, distance: number, found: NearestFirst): void {
    const seen = new Set<number>();
    const look = (entry: number): void => {
      const { words: own, ids } = this.#page(entry);
      const apart = bitsApartWithin(own, WORDS * (entry % PAGE), words, distance);
      if (apart > distance || seen.has(entry)) return;
      seen.add(entry);
      found.add(ids[entry % PAGE] ?? '', apart);
    };
    for (const [chunk, values] of near.entries()) {
      for (const value of values) this.#buckets.visit(chunk, value, look);
    }
  }

  #scan(words: Int32Array, distance: number, found: NearestFirst): void {
    for (const [number, page] of this.#pages.entries()) {
      const entries = Math.min(PAGE, this.#end - number * PAGE);
      scanWithin(page.words, entries, words, distance, (entry, apart) => {
        const id = page.ids[entry] ?? null;
        if (id !== null) found.add(id, apart);
      });
    }
  }

  *#allWith(chunk: number, value: number): Generator<number> {
    for (let entry = 0; entry < this.#end; entry += 1) {
      const { words, ids } = this.#page(entry);
      if (chunkOf(words, WORDS * (entry % PAGE), chunk) !== value || ids[entry % PAGE] === null) continue;
      yield entry;
    }
  }

  #page(entry: number): Page {
    const page = this.#pages[entry >> PAGE_BITS];
    if (page === undefined) throw new RangeError(`There is no entry ${entry}.`);
    return page;
  }
}

const newPage = (): Page => ({
  words: new Int32Array(WORDS * PAGE),
  next: new Int32Array(CHUNKS * PAGE),
  ids: new Array<string | null>(PAGE).fill(null),
});

/** What was found, a list for each distance. */
class NearestFirst {
  readonly #ids: string[][];
  readonly #most: number;

  constructor(distance: number, most: number) {
    this.#ids = Array.from({ length: distance + 1 }, () => []);
    this.#most = most;
  }

  add(id: string, distance: number): void {
    const ids = this.#ids[distance];
    if (ids !== undefined && ids.length < this.#most) ids.push(id);
  }

  list(): Near[] {
    const all: Near[] = [];
    for (const [distance, ids] of this.#ids.entries()) {
      for (const id of ids) if (all.length < this.#most) all.push({ id, distance });
    }
    return all;
  }
}
