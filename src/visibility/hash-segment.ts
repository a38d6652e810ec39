import { isReviewed, markOf, reasonOf, type Entry } from './entry.js';

const { floor, imul, max } = Math;

/** A slot is 25 bytes: four words of key, version, seconds since 1970; and a byte beside them. */
const WORDS = 6;
/** In the first word of a free slot: no word is larger, so a search that goes on while words are smaller ends here. */
const FREE = 0xffff_ffff;
const FREE_MARK = 0xff;

/**
 * Filled slots per slot. Fuller than MOST, searches grow long (a miss reads 4 slots on average at 0.86); emptier than
 * LEAST, an entry would cost more than 40 bytes (25 / 0.65 = 38.5). Either way the slots are laid out anew at TARGET.
 */
const MOST = 0.86;
const TARGET = 0.75;
const LEAST = 0.65;
const SMALLEST = 32;
/** Slots behind the last home slot, for what is pushed over the end; doubled when that is not enough. */
const TAIL = 16;

/**
 * A map from 128-bit keys to entries in two typed arrays. Open addressing by ordered linear probing: slots are sorted
 * by the key's first word, so a miss ends at the first larger word, a removal shifts its successors back (no
 * tombstones), and growing is one sequential pass.
 */
export class HashSegment {
  private words = new Uint32Array();
  private marks = new Uint8Array();
  /** Home slots; the tail comes behind them. */
  private capacity = 0;
  private tail = 0;
  private filled = 0;

  /** `a` and `b` mix the key's first 64 bits; `a` must be odd (see `firstWord`). */
  constructor(
    private readonly a: number,
    private readonly b: number,
  ) {
    this.layOut(SMALLEST, TAIL);
  }

  get size(): number {
    return this.filled;
  }

  get bytes(): number {
    return this.words.byteLength + this.marks.byteLength;
  }

  get(hash: Buffer): Entry | null {
    const slot = this.find(hash);
    if (slot < 0) return null;
    const mark = this.mark(slot);
    return {
      reason: reasonOf(mark),
      since: this.word(slot * WORDS + 5) * 1000,
      version: this.word(slot * WORDS + 4),
      reviewed: isReviewed(mark),
    };
  }

  set(hash: Buffer, entry: Entry): void {
    const found = this.find(hash);
    const slot = found < 0 ? this.makeRoom(hash, ~found) : found;
    this.words[slot * WORDS + 4] = entry.version;
    this.words[slot * WORDS + 5] = floor(entry.since / 1000);
    this.marks[slot] = markOf(entry);
  }

  delete(hash: Buffer): void {
    const slot = this.find(hash);
    if (slot < 0) return;
    let end = slot + 1;
    while (this.mark(end) !== FREE_MARK && this.home(this.word(end * WORDS)) !== end) end += 1;
    this.move(slot + 1, end, slot);
    this.words.fill(FREE, (end - 1) * WORDS, end * WORDS);
    this.marks[end - 1] = FREE_MARK;
    this.filled -= 1;
    if (this.filled < this.capacity * LEAST && this.capacity > SMALLEST) this.resize();
  }

  /** The slot of a key, or the complement (~) of the slot where it belongs. */
  private find(hash: Buffer): number {
    const { words } = this;
    const first = this.firstWord(hash);
    let slot = this.home(first);
    while ((words[slot * WORDS] ?? FREE) < first) slot += 1;
    for (; words[slot * WORDS] === first && this.marks[slot] !== FREE_MARK; slot += 1) {
      if (
        words[slot * WORDS + 1] === hash.readUInt32LE(4) &&
        words[slot * WORDS + 2] === hash.readUInt32LE(8) &&
        words[slot * WORDS + 3] === hash.readUInt32LE(12)
      ) {
        return slot;
      }
    }
    return ~slot;
  }

  /** Puts a key at the slot where it belongs; what is there moves on by one. Returns the slot it got. */
  private makeRoom(hash: Buffer, slot: number): number {
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
    this.words[slot * WORDS] = this.firstWord(hash);
    for (let word = 1; word < 4; word += 1) this.words[slot * WORDS + word] = hash.readUInt32LE(word * 4);
    this.filled += 1;
    return slot;
  }

  private resize(): void {
    this.layOut(max(SMALLEST, Math.ceil(this.filled / TARGET)), TAIL);
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
      for (let word = 0; word < WORDS; word += 1) {
        words[to * WORDS + word] = oldWords[slot * WORDS + word] ?? FREE;
      }
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

  /** Stands for the first word of the key: with the second word known, either gives the other, so nothing is lost. */
  private firstWord(hash: Buffer): number {
    return (imul(hash.readUInt32LE(0), this.a) + imul(hash.readUInt32LE(4), this.b)) >>> 0;
  }

  /** In proportion to the word, so that the order of words is the order of home slots. */
  private home(first: number): number {
    return ((first * this.capacity) / 2 ** 32) >>> 0;
  }

  private word(at: number): number {
    return this.words[at] ?? FREE;
  }

  private mark(slot: number): number {
    return this.marks[slot] ?? FREE_MARK;
  }
}
