import { Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { isConnectionLost } from '../database/postgres-errors.js';
import { readSiteChanges } from '../database/statements/log/read-visibility-events.js';
import type { Tx } from '../database/tx.js';
import { BlockIndex } from '../visibility/block-index.js';
import { ChangeFeed } from '../visibility/change-feed.js';
import { LogFollower } from '../visibility/follow-log.js';
import { addressesOf, seenChange, type SeenChange } from '../visibility/seen-change.js';
import { expired, type FeedPlace } from './change-cursor.js';

/**
 * Addresses in a page: of an image there may be any number, of the greatest length twenty million characters. A change with
 * more of them has a page of its own.
 */
const MOST_ADDRESSES = 10_000;
/** Changes that are read from Postgres before it is known how many addresses they have. */
const FIRST = 4;

/** Milliseconds for which a look at the log is waited for where what is in memory will do. */
const PATIENCE = 1_000;

/** Some changes of a site, in order. */
export interface ChangePage {
  readonly changes: readonly SeenChange[];
  /** Where the next page begins. */
  readonly place: FeedPlace;
  /** Is there another page already? */
  readonly more: boolean;
}

/** Pages of the feed: from memory near its end, from Postgres further back. */
@Injectable()
export class ReadChanges {
  /** Pages that are being read, so that many who ask for the same cost one query. */
  private readonly reading = new Map<string, Promise<readonly SeenChange[]>>();

  constructor(
    private readonly database: Database,
    private readonly feed: ChangeFeed,
    private readonly follower: LogFollower,
    private readonly index: BlockIndex,
  ) {}

  /** When this process last knew that it had seen everything. */
  get asOf(): Date {
    return this.index.asOf;
  }

  /**
   * Looks at the log first where this process has answered for changes that its feed does not tell yet: who blocked an image
   * finds it here. Without Postgres, or where it says nothing, the feed is as it was.
   */
  async catchUp(): Promise<void> {
    if (!this.index.isAhead) return;
    await pTimeout(this.follower.followOnce(), { milliseconds: PATIENCE }).catch(() => undefined);
  }

  /** The end of the feed as this process knows it. @throws VigieError UNAVAILABLE before the log was read */
  now(siteId: string): FeedPlace {
    const { epoch, head } = this.feed;
    if (epoch === null)
      throw new VigieError('UNAVAILABLE', 'The event log is still being read. Ask again in a moment.');
    return { epoch, siteId, seq: head };
  }

  /**
   * Makes sure that a place can be continued from: a cursor that another process gave out may be ahead of this one, which
   * then looks at the log before it says so.
   *
   * @throws VigieError CURSOR_EXPIRED; UNAVAILABLE when that can't be known without Postgres
   */
  async check(place: FeedPlace): Promise<void> {
    if (this.isAhead(place)) {
      try {
        await this.follower.followOnce();
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        throw new VigieError(
          'UNAVAILABLE',
          'The database is out of reach, and this cursor is not among the changes that this process knows.',
        );
      }
    }
    this.refuseExpired(place);
  }

  /** The next changes after a place. Throws as `check` does. */
  async page(place: FeedPlace, limit: number): Promise<ChangePage> {
    this.refuseExpired(place);
    const { siteId, epoch, seq } = place;
    const { head } = this.feed;
    const found = this.feed.after(siteId, seq, limit + 1) ?? (await this.older(place, head, limit + 1));
    // Meanwhile the database may have become another one.
    this.refuseExpired(place);
    const changes = found.slice(0, Math.min(limit, fitting(found)));
    const more = found.length > changes.length;
    return { changes, more, place: { epoch, siteId, seq: more ? (changes.at(-1)?.seq ?? seq) : head } };
  }

  private isAhead({ epoch, seq }: FeedPlace): boolean {
    return epoch !== this.feed.epoch || seq > this.feed.head;
  }

  private refuseExpired(place: FeedPlace): void {
    const { epoch } = this.now(place.siteId);
    if (place.epoch !== epoch) throw expired('The database was restored since this cursor was given out.');
    if (this.isAhead(place))
      throw expired('This cursor is from the future: the event log does not reach it.');
  }

  private async older(
    { epoch, siteId, seq }: FeedPlace,
    head: number,
    limit: number,
  ): Promise<readonly SeenChange[]> {
    const key = `${epoch} ${siteId} ${seq} ${head} ${limit}`;
    const known = this.reading.get(key);
    if (known !== undefined) return known;
    const read = this.database
      .inIndexedTransaction((tx) => readPage(tx, { siteId, seq }, head, limit))
      .finally(() => this.reading.delete(key));
    this.reading.set(key, read);
    try {
      return await read;
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      throw new VigieError(
        'UNAVAILABLE',
        'The database is out of reach, and these changes are older than those that this process remembers.',
      );
    }
  }
}

/** How many of these changes, the first ones, are a page by their addresses. */
function fitting(changes: readonly SeenChange[]): number {
  let addresses = 0;
  const beyond = changes.findIndex(({ image }, index) => {
    addresses += image.addresses.length;
    return addresses > MOST_ADDRESSES && index > 0;
  });
  return beyond < 0 ? changes.length : beyond;
}

/** The first `limit` changes, or fewer: then those of a page, and at least one that comes after it. */
async function readPage(
  tx: Tx,
  { siteId, seq }: Pick<FeedPlace, 'siteId' | 'seq'>,
  head: number,
  limit: number,
): Promise<readonly SeenChange[]> {
  const found: SeenChange[] = [];
  for (let next = Math.min(FIRST, limit); next > 0;) {
    const rows = await readSiteChanges(tx, siteId, found.at(-1)?.seq ?? seq, head, next);
    found.push(...rows.map(seenChange));
    if (rows.length < next || fitting(found) < found.length) break;
    // As many more as there is room for, if those have as many addresses as these.
    const room = Math.ceil((found.length * MOST_ADDRESSES) / Math.max(1, addressesOf(found))) - found.length;
    next = Math.min(limit - found.length, Math.max(1, room));
  }
  return found;
}
