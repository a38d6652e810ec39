import { Injectable } from '@nestjs/common';
import { entryOf, type Entry, type VisibilityChange } from './entry.js';
import { HashTable } from './hash-table.js';

export { type Entry, isSameEntry, type VisibilityChange } from './entry.js';

/**
 * The blocked images of all sites, in memory: what every question of a publisher is answered from. It is filled from
 * a snapshot of the tables, follows the log (follow-log.ts), and is told of this process's own commits before they
 * are answered. Whatever the order in which these arrive, a key never goes back to an older event (invariant 7).
 */
@Injectable()
export class BlockIndex {
  private table = new HashTable();
  /** Every event up to this one has been applied. */
  private at = 0;
  /** Keys (as latin1) that know an event beyond the cursor, with its number: own commits, ahead of the follower. */
  private readonly ahead = new Map<string, number>();
  private looked: Date | null = null;

  /** The block of an image, null when it is visible. `hash`: imageHash of its key or of any of its addresses. */
  get(hash: Buffer): Entry | null {
    return this.table.get(hash);
  }

  /** The first block under any of these keys of one image. */
  firstOf(hashes: readonly Buffer[]): Entry | null {
    for (const hash of hashes) {
      const entry = this.get(hash);
      if (entry !== null) return entry;
    }
    return null;
  }

  /** Has it been loaded? Before that it knows of no block at all. */
  get ready(): boolean {
    return this.looked !== null;
  }

  /** When the log was last looked at with success; 1970 before the first time. */
  get asOf(): Date {
    return this.looked ?? new Date(0);
  }

  /** Blocked keys: an image counts once for its key and once for each address. */
  get size(): number {
    return this.table.size;
  }

  /** Bytes of memory held for the blocked keys. */
  get bytes(): number {
    return this.table.bytes;
  }

  /** Has this process committed something that it has not yet followed in the log? */
  get isAhead(): boolean {
    return this.ahead.size > 0;
  }

  /** The number of the last event of the log that has been followed. */
  get cursor(): number {
    return this.at;
  }

  /**
   * What this process has committed, told before it answers: any time, in any order. What the follower has already
   * passed changes nothing: it has read that event, or a later one of the same key.
   */
  apply(changes: readonly VisibilityChange[]): void {
    for (const { seq, hashes, visibility } of changes) {
      if (seq <= this.at) continue;
      const entry = entryOf(visibility);
      for (const hash of hashes) {
        const key = hash.toString('latin1');
        if (seq <= (this.ahead.get(key) ?? 0)) continue;
        this.ahead.set(key, seq);
        this.put(hash, entry);
      }
    }
  }

  /** The next events of the log, in order: all that change what is seen, beyond the cursor and up to `cursor`. */
  follow(changes: readonly VisibilityChange[], cursor: number): void {
    for (const { seq, hashes, visibility } of changes) {
      const entry = entryOf(visibility);
      for (const hash of hashes) {
        if (seq >= (this.ahead.get(hash.toString('latin1')) ?? 0)) this.put(hash, entry);
      }
    }
    this.at = cursor;
    for (const [key, seq] of this.ahead) if (seq <= cursor) this.ahead.delete(key);
  }

  /** The log was read up to here, and there is no more, at this time. */
  lookedAt(time: Date): void {
    this.looked = time;
  }

  /** Takes the place of everything: a snapshot of all blocked keys, and the log's last number in it. */
  replace(table: HashTable, cursor: number): void {
    for (const [key, seq] of this.ahead) {
      if (seq <= cursor) continue;
      const hash = Buffer.from(key, 'latin1');
      const entry = this.table.get(hash);
      if (entry === null) table.delete(hash);
      else table.set(hash, entry);
    }
    this.table = table;
    this.follow([], cursor);
  }

  /**
   * The log turned out shorter than what was followed: the database was restored to an earlier state. What is known
   * stays in use until the next load, but no longer outranks what the log says.
   */
  goBackTo(cursor: number): void {
    this.at = cursor;
    this.ahead.clear();
  }

  private put(hash: Buffer, entry: Entry | null): void {
    if (entry === null) this.table.delete(hash);
    else this.table.set(hash, entry);
  }
}
