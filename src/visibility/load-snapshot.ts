import type { Database } from '../database/database.js';
import { loadBlockedImages, type BlockedImage } from '../database/statements/images/load-blocked-images.js';
import { type FeedHead, readFeedHead } from '../database/statements/log/read-feed-head.js';
import {
  readVisibilityEvents,
  type VisibilityEvent,
} from '../database/statements/log/read-visibility-events.js';
import { HashTable } from './hash-table.js';

/** Images a page: some 10 ms of work, between which requests are answered. */
const IMAGES_PER_PAGE = 2_000;

/** Events at the end of the log whose changes are loaded too: those who reconnect to a new process are near its end. */
const RECENT = 5_000;

/** All blocked keys, where the log ended then, and what it last said. */
export interface Snapshot {
  readonly table: HashTable;
  readonly head: FeedHead;
  /** The changes after the event `since`, in order. */
  readonly recent: readonly VisibilityEvent[];
  readonly since: number;
}

/** Reads all of it in one snapshot of the database; pages keep the memory flat. Throws what the database throws. */
export const loadSnapshot = (db: Database): Promise<Snapshot> =>
  db.inIndexedTransaction(async (tx) => {
    const head = await readFeedHead(tx);
    const since = Math.max(0, head.seq - RECENT);
    const recent = await readVisibilityEvents(tx, since, head.seq, RECENT);
    const table = new HashTable();
    let after = { siteId: '0', imageId: '0' };
    for (;;) {
      const images = await loadBlockedImages(tx, after, IMAGES_PER_PAGE);
      for (const image of images) enter(table, image);
      const last = images.at(-1);
      if (last === undefined || images.length < IMAGES_PER_PAGE) return { table, head, recent, since };
      after = last;
    }
  }, 'REPEATABLE READ');

function enter(table: HashTable, { keyHash, addresses, ...entry }: BlockedImage): void {
  table.set(keyHash, entry);
  for (const hash of addresses) table.set(hash, entry);
}
