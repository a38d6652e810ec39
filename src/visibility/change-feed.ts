import { Injectable } from '@nestjs/common';
import { addressesOf, type SeenChange } from './seen-change.js';

/** Changes kept in memory, of all sites together, at some 500 bytes each: minutes of a very busy log. */
const KEPT = 10_000;

/** Addresses of them all, at some 150 bytes each: an image may have any number of them. */
const ADDRESSES_KEPT = 500_000;

/**
 * The last changes, for all who wait for them: one look at the log by this process (follow-log.ts) serves every long
 * poll and every stream, so their number does not matter to Postgres.
 */
@Injectable()
export class ChangeFeed {
  private changes: SeenChange[] = [];
  /** All changes with a greater number, up to `end`, are in `changes`. */
  private start = 0;
  private end = 0;
  private current: string | null = null;
  private readonly waiting = new Map<string, Set<() => void>>();
  /** Of all changes. */
  private addresses = 0;

  constructor(
    private readonly kept = KEPT,
    private readonly addressesKept = ADDRESSES_KEPT,
  ) {}

  /** Whose cursors are good; null before the log was read. */
  get epoch(): string | null {
    return this.current;
  }

  /** The number of the last event of the log that was looked at. */
  get head(): number {
    return this.end;
  }

  /** Begins anew at this place of the log, with all its changes after `start`, in order; wakes everybody. */
  restart(epoch: string, head: number, recent: readonly SeenChange[] = [], start = head): void {
    this.current = epoch;
    this.changes = [...recent];
    this.start = start;
    this.end = head;
    this.addresses = addressesOf(recent);
    this.forgetAddresses();
    for (const siteId of [...this.waiting.keys()]) this.wake(siteId);
  }

  /** The next changes of the log, in order, and up to where they are all; wakes those who wait for these sites. */
  append(changes: readonly SeenChange[], head: number): void {
    this.changes.push(...changes);
    this.end = head;
    this.addresses += addressesOf(changes);
    // Twice as many before they are cut, so that cutting is rare.
    if (this.changes.length > this.kept * 2) this.forget(this.changes.length - this.kept);
    this.forgetAddresses();
    for (const siteId of new Set(changes.map((change) => change.siteId))) this.wake(siteId);
  }

  /** The first `limit` changes of a site after this number; null when some of them may no longer be in memory. */
  after(siteId: string, seq: number, limit: number): SeenChange[] | null {
    if (seq < this.start) return null;
    const found: SeenChange[] = [];
    for (let at = this.firstAfter(seq); at < this.changes.length && found.length < limit; at += 1) {
      const change = this.changes[at];
      if (change?.siteId === siteId) found.push(change);
    }
    return found;
  }

  /** Calls `wake` at each change of the site and at each new beginning, until the returned function is called. */
  onChange(siteId: string, wake: () => void): () => void {
    const waiting = this.waiting.get(siteId) ?? new Set();
    this.waiting.set(siteId, waiting.add(wake));
    return () => {
      waiting.delete(wake);
      if (waiting.size === 0 && this.waiting.get(siteId) === waiting) this.waiting.delete(siteId);
    };
  }

  private wake(siteId: string): void {
    for (const wake of [...(this.waiting.get(siteId) ?? [])]) wake();
  }

  private forget(count: number): void {
    this.start = this.changes[count - 1]?.seq ?? this.start;
    this.addresses -= addressesOf(this.changes.slice(0, count));
    this.changes = this.changes.slice(count);
  }

  /** Down to half as many, so that this, too, is rare. */
  private forgetAddresses(): void {
    if (this.addresses <= this.addressesKept) return;
    let left = this.addresses;
    let count = 0;
    while (left > this.addressesKept / 2) left -= this.changes[count++]?.image.addresses.length ?? left;
    this.forget(count);
  }

  /** By halves: those who wait are all near the end. */
  private firstAfter(seq: number): number {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.changes[middle]?.seq ?? Infinity) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
