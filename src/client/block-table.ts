import { HASH_WORDS } from './key-hash.js';

const { ceil, max } = Math;

/** A slot is 25 bytes: four words of key, version, seconds since 1970; and a byte for the reason beside them. */
const WORDS = HASH_WORDS + 2;
const VERSION = HASH_WORDS;
const SINCE = HASH_WORDS + 1;

/** In the first word of a free slot: no word is larger, so a search that goes on while words are smaller ends here. */
const FREE = 0xffff_ffff;
const FREE_MARK = 0xff;
/** Reasons are numbered below this. */
export const MARKS = FREE_MARK;

/**
 * Filled slots per slot. Fuller than MOST, searches grow long (a miss reads 4 slots on average at 0.86); emptier than
 * LEAST, an entry would cost more than 40 bytes (25 / 0.65 = 38.5). Either way the slots are laid out anew at TARGET.
 */
const MOST = 0.86;
const TARGET = 0.75;
const LEAST = 0.65;
const SMALLEST = 64;
/** Slots behind the last home slot, for what is pushed over the end; doubled when that is not enough. */
const TAIL = 16;

export interface TableLayout {
  readonly words: Uint32Array;
  readonly marks: Uint8Array;
  readonly capacity: number;
  readonly tail: number;
  readonly filled: number;
}

/**
 * The blocked images: a map from hashes to version, start and reason in two typed arrays, 29 to 39 bytes an entry from
 * some thousand entries on. Open addressing by ordered linear probing: slots are sorted by the hash's first word, so a miss
 * ends at the first larger word, a removal shifts its successors back (no tombstones), and growing is one pass in order
 * (some 20 ms at a million, after every 15% of growth). The service's own index is made of it, too.
 */
export class BlockTable {
  private words = new Uint32Array();
  private marks = new Uint8Array();
  private capacity = 0;
  private tail = 0;
  private filled = 0;

  constructor() {
    this.layOut(SMALLEST, TAIL);
  }

  get size(): number {
    return this.filled;
  }

  /** Bytes held, free slots included. */
  get bytes(): number {
    return this.words.byteLength + this.marks.byteLength;
  }

  /** The slot of a hash, or the complement (~) of the slot where it belongs. */
  find(hash: Uint32Array): number {
    const { words } = this;
    const first = hash[0] ?? 0;
    let slot = this.home(first);
    while ((words[slot * WORDS] ?? FREE) < first) slot += 1;
    for (; words[slot * WORDS] === first && this.marks[slot] !== FREE_MARK; slot += 1) {
      const at = slot * WORDS;
      if (words[at + 1] === hash[1] && words[at + 2] === hash[2] && words[at + 3] === hash[3]) return slot;
    }
    return ~slot;
  }

  version(slot: number): number {
    return this.words[slot * WORDS + VERSION] ?? 0;
  }

  /** Seconds since 1970; 0 when nobody said. */
  since(slot: number): number {
    return this.words[slot * WORDS + SINCE] ?? 0;
  }

  mark(slot: number): number {
    return this.marks[slot] ?? FREE_MARK;
  }

  /** @param mark a number below MARKS */
  set(hash: Uint32Array, version: number, since: number, mark: number): void {
    const found = this.find(hash);
    const slot = found < 0 ? this.makeRoom(hash, ~found) : found;
    this.words[slot * WORDS + VERSION] = version;
    this.words[slot * WORDS + SINCE] = since;
    this.marks[slot] = mark;
  }

  delete(hash: Uint32Array): void {
    const slot = this.find(hash);
    if (slot < 0) return;
    let end = slot + 1;
    while (this.mark(end) !== FREE_MARK && this.home(this.words[end * WORDS] ?? FREE) !== end) end += 1;
    this.move(slot + 1, end, slot);
    this.words.fill(FREE, (end - 1) * WORDS, end * WORDS);
    this.marks[end - 1] = FREE_MARK;
    this.filled -= 1;
    if (this.filled < this.capacity * LEAST && this.capacity > SMALLEST) this.resize();
  }

  /** Everything, to be kept: `BlockTable.of` makes the same table of it. The arrays are the table's own: copy them. */
  get layout(): TableLayout {
    const { words, marks, capacity, tail, filled } = this;
    return { words, marks, capacity, tail, filled };
  }

  /** @throws RangeError when the arrays do not fit the numbers */
  static of({ words, marks, capacity, tail, filled }: TableLayout): BlockTable {
    const slots = capacity + tail;
    const fits = words.length === slots * WORDS && marks.length === slots && filled < slots;
    if (!fits || marks[slots - 1] !== FREE_MARK)
      throw new RangeError('The table of blocked images is not whole.');
    const table = new BlockTable();
    Object.assign(table, { words, marks, capacity, tail, filled });
    return table;
  }

  /** Puts a hash at the slot where it belongs; what is there moves on by one. Returns the slot it got. */
  private makeRoom(hash: Uint32Array, slot: number): number {
    if (this.filled + 1 > this.capacity * MOST) {
      this.resize();
      return this.makeRoom(hash, ~this.find(hash));
    }
    let end = slot;
    while (this.mark(end) !== FREE_MARK) end += 1;
    if (end === this.marks.length - 1) {
      this.layOut(this.capacity, this.tail * 2);
      return this.makeRoom(hash, ~this.find(hash));
    }
    this.move(slot, end, slot + 1);
    this.words.set(hash, slot * WORDS);
    this.filled += 1;
    return slot;
  }

  private resize(): void {
    this.layOut(max(SMALLEST, ceil(this.filled / TARGET)), TAIL);
  }

  /** Copies all slots into new arrays, in their order. The very last slot stays free: every search ends there. */
  private layOut(capacity: number, tail: number): void {
    const slots = capacity + tail;
    const words = new Uint32Array(slots * WORDS).fill(FREE);
    const marks = new Uint8Array(slots).fill(FREE_MARK);
    const { words: oldWords, marks: oldMarks } = this;
    this.capacity = capacity;
    this.tail = tail;
    let next = 0;
    for (let slot = 0; slot < oldMarks.length; slot += 1) {
      if (oldMarks[slot] === FREE_MARK) continue;
      const to = max(next, this.home(oldWords[slot * WORDS] ?? FREE));
      next = to + 1;
      if (next === slots) return this.layOut(capacity, tail * 2);
      for (let word = 0; word < WORDS; word += 1)
        words[to * WORDS + word] = oldWords[slot * WORDS + word] ?? FREE;
      marks[to] = oldMarks[slot] ?? FREE_MARK;
    }
    this.words = words;
    this.marks = marks;
  }

  private move(from: number, end: number, to: number): void {
    if (from === end) return;
    this.words.copyWithin(to * WORDS, from * WORDS, end * WORDS);
    this.marks.copyWithin(to, from, end);
  }

  /** In proportion to the word, so that the order of words is the order of home slots. */
  private home(first: number): number {
    return ((first * this.capacity) / 2 ** 32) >>> 0;
  }
}
