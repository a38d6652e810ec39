import { Injectable } from '@nestjs/common';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { isConnectionLost } from '../database/postgres-errors.js';
import { readSiteChanges } from '../database/statements/log/read-visibility-events.js';
import { BlockIndex } from '../visibility/block-index.js';
import { ChangeFeed } from '../visibility/change-feed.js';
import { LogFollower } from '../visibility/follow-log.js';
import { seenChange, type SeenChange } from '../visibility/seen-change.js';
import { expired, type FeedPlace } from './change-cursor.js';

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
    const changes = found.slice(0, limit);
    const more = found.length > limit;
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
      .inIndexedTransaction((tx) => readSiteChanges(tx, siteId, seq, head, limit))
      .then((rows) => rows.map(seenChange))
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
