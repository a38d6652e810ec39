import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { LOG_CHANNEL } from '../database/statements/append-events.js';
import { loadBlockedImages, type BlockedImage } from '../database/statements/load-blocked-images.js';
import { readLogHead, readVisibilityEvents } from '../database/statements/read-visibility-events.js';
import type { BlockIndex } from './block-index.js';
import { HashTable } from './hash-table.js';

/** Images a page while loading: some 10 ms of work, between which requests are answered. */
const IMAGES_PER_PAGE = 2_000;
const EVENTS_PER_PAGE = 1_000;
/** Rings within this time are answered by one look, so that a busy log costs at most a hundred looks a second. */
const BREATH_MILLISECONDS = 10;

/** Keeps the block index equal to the database: loads it from a snapshot, then follows the event log. */
export class LogFollower {
  private readonly logger = new Logger(LogFollower.name);
  private turn: Promise<void> = Promise.resolve();
  private running: Promise<void> | null = null;
  private loaded = false;
  private stopped = false;
  private rung = false;
  private wake: () => void = () => undefined;
  private failing = false;

  constructor(
    private readonly db: Database,
    private readonly index: BlockIndex,
    private readonly options: { readonly pollMilliseconds: number },
  ) {}

  /**
   * Fills the index with all blocked keys and the log's last number, both of one snapshot. Pages keep the memory
   * flat; until all is read, the index answers as before. Throws what the database throws.
   */
  load(): Promise<void> {
    return this.inTurn(() => this.loadSnapshot());
  }

  /**
   * Reads the log from the cursor to its end, or loads when that has not been done. Throws what the database throws;
   * the index then stays as it was.
   */
  followOnce(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.loaded) return this.loadSnapshot();
      const time = new Date();
      const head = await readLogHead(this.db);
      if (head < this.index.cursor) {
        this.logger.warn(
          'The event log is shorter than before (a restored database?): loading all blocks again.',
        );
        this.loaded = false;
        this.index.goBackTo(head);
        return this.loadSnapshot();
      }
      while (this.index.cursor < head) await this.followPage(head);
      this.index.lookedAt(time);
    });
  }

  /** Follows from now on: at every ring of the doorbell, and every `pollMilliseconds` without one. */
  run(doorbell: Doorbell): void {
    if (this.running !== null) return;
    const off = doorbell.on(LOG_CHANNEL, () => this.ring());
    this.running = this.loop().finally(off);
  }

  /** Resolves when the last look is over: the database is not asked again. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await this.turn;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      this.rung = false;
      await this.look();
      await this.pause(BREATH_MILLISECONDS);
      if (!this.rung) await this.pause(this.options.pollMilliseconds, { untilRung: true });
    }
  }

  private async look(): Promise<void> {
    try {
      await this.followOnce();
      if (this.failing) this.logger.log('The event log is followed again.');
      this.failing = false;
    } catch (error) {
      // Once per outage: the next look comes in a moment, and an hour of them would bury everything else.
      if (!this.failing) {
        const reason = error instanceof Error ? error.message : String(error);
        this.logger.warn(`The event log can't be read (${reason}); answering from what is known.`);
      }
      this.failing = true;
    }
  }

  private ring(): void {
    this.rung = true;
    this.wake();
  }

  private async pause(milliseconds: number, { untilRung = false } = {}): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        if (!untilRung && !this.stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async followPage(head: number): Promise<void> {
    const events = await this.db.inIndexedTransaction((tx) =>
      readVisibilityEvents(tx, this.index.cursor, head, EVENTS_PER_PAGE),
    );
    const changes = events.map((event) => ({ ...event, seq: Number(event.seq) }));
    const last = changes.at(-1)?.seq ?? head;
    this.index.follow(changes, changes.length < EVENTS_PER_PAGE ? head : last);
  }

  private async loadSnapshot(): Promise<void> {
    const time = new Date();
    const { table, head } = await this.db.inIndexedTransaction(async (tx) => {
      const head = await readLogHead(tx);
      const table = new HashTable();
      let after = { siteId: '0', imageId: '0' };
      for (;;) {
        const images = await loadBlockedImages(tx, after, IMAGES_PER_PAGE);
        for (const image of images) enter(table, image);
        const last = images.at(-1);
        if (last === undefined || images.length < IMAGES_PER_PAGE) return { table, head };
        after = last;
      }
    }, 'REPEATABLE READ');
    this.index.replace(table, head);
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

function enter(table: HashTable, { keyHash, addresses, ...entry }: BlockedImage): void {
  table.set(keyHash, entry);
  for (const hash of addresses) table.set(hash, entry);
}
