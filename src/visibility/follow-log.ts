import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { LOG_CHANNEL } from '../database/statements/log/append-events.js';
import { type FeedHead, readFeedHead } from '../database/statements/log/read-feed-head.js';
import {
  readVisibilityEvents,
  type VisibilityEvent,
} from '../database/statements/log/read-visibility-events.js';
import { Watch } from '../database/watch.js';
import { followed } from '../telemetry/measures.js';
import type { BlockIndex } from './block-index.js';
import { ChangeFeed } from './change-feed.js';
import { FeedEpoch } from './feed-epoch.js';
import { loadSnapshot } from './load-snapshot.js';
import { seenChange, type SeenChange } from './seen-change.js';

const EVENTS_PER_PAGE = 1_000;
/** Rings within this time are answered by one look, so that a busy log costs at most a hundred looks a second. */
const BREATH_MILLISECONDS = 10;

/**
 * Keeps the block index equal to the database: loads it from a snapshot, then follows the event log. What it reads goes to
 * the change feed too, so that nobody else needs to look.
 */
export class LogFollower {
  private readonly logger = new Logger(LogFollower.name);
  private turn: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private loaded = false;
  /** The start of the server that was last asked. */
  private server = '';
  private readonly epoch: FeedEpoch;
  private readonly watch: Watch;

  constructor(
    private readonly db: Database,
    private readonly index: BlockIndex,
    options: { readonly pollMilliseconds: number },
    private readonly feed: ChangeFeed = new ChangeFeed(),
  ) {
    this.epoch = new FeedEpoch(db);
    this.watch = new Watch(this.logger, {
      look: async () => (await this.followOnce(), false),
      channel: LOG_CHANNEL,
      pollMilliseconds: options.pollMilliseconds,
      breath: BREATH_MILLISECONDS,
      fails: (reason) => `The event log can't be read (${reason}); answering from what is known.`,
      goesOn: 'The event log is followed again.',
    });
  }

  /**
   * Fills the index with all blocked keys and the log's last number, both of one snapshot. Until all is read, the index
   * answers as before. Throws what the database throws.
   */
  load(): Promise<void> {
    return this.inTurn(() => this.loadAnew());
  }

  /**
   * Reads the log from the cursor to its end, or loads when that has not been done. Throws what the database throws;
   * the index then stays as it was. All who ask before it begins share one look.
   */
  followOnce(): Promise<void> {
    this.next ??= this.inTurn(async () => {
      this.next = null;
      if (!this.loaded) return this.loadAnew();
      const time = new Date();
      const head = await readFeedHead(this.db);
      if (await this.isAnotherLog(head)) {
        this.loaded = false;
        this.index.goBackTo(head.seq);
        return this.loadAnew();
      }
      while (this.index.cursor < head.seq) await this.followPage(head.seq);
      this.server = head.server;
      this.index.lookedAt(time);
    });
    return this.next;
  }

  /** Follows from now on: at every ring of the doorbell, and every `pollMilliseconds` without one. */
  run(doorbell: Doorbell): void {
    this.watch.run(doorbell);
  }

  /** Resolves when the last look is over: the database is not asked again. */
  async stop(): Promise<void> {
    await this.watch.stop();
    await this.turn;
  }

  /** Has the database been restored, or replaced by another, since it was loaded? */
  private async isAnotherLog({ epoch, seq, server }: FeedHead): Promise<boolean> {
    if (epoch !== this.feed.epoch) {
      this.logger.warn('A new epoch of the change feed: loading all blocks again.');
      return true;
    }
    if (server !== this.server && (await this.epoch.check()) !== epoch) return true;
    if (seq >= this.index.cursor) return false;
    this.logger.warn(
      'The event log is shorter than before (a restored database?): loading all blocks again.',
    );
    await this.epoch.raise('shorter log', epoch);
    return true;
  }

  private async followPage(head: number): Promise<void> {
    const events = await this.db.inIndexedTransaction((tx) =>
      readVisibilityEvents(tx, this.index.cursor, head, EVENTS_PER_PAGE),
    );
    const changes = events.map((event) => ({ ...event, seq: Number(event.seq) }));
    const last = changes.at(-1)?.seq ?? head;
    const upTo = changes.length < EVENTS_PER_PAGE ? head : last;
    this.index.follow(changes, upTo);
    for (const { secondsAgo } of events) followed.observe(Math.max(0, secondsAgo));
    this.feed.append(events.flatMap(toldChange), upTo);
  }

  private async loadAnew(): Promise<void> {
    const time = new Date();
    await this.epoch.check();
    const { table, head, recent, since } = await loadSnapshot(this.db);
    this.index.replace(table, head.seq);
    this.feed.restart(head.epoch, head.seq, recent.flatMap(toldChange), since);
    this.server = head.server;
    this.loaded = true;
    this.index.lookedAt(time);
  }

  /** One at a time, in the order asked for: two looks at once could hand over their events in the wrong order. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

/** Of an image that is part of another by now there is nothing to tell: the event of the merger follows. */
const toldChange = ({ key, keyKind, ...event }: VisibilityEvent): SeenChange[] =>
  key === null || keyKind === null ? [] : [seenChange({ ...event, key, keyKind })];
