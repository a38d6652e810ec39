import { randomBytes } from 'node:crypto';
import { RULE } from '../core/commands/apply-rule.js';
import type { Database } from '../database/database.js';
import { Regularly } from '../database/regularly.js';
import { appendEvents } from '../database/statements/append-events.js';
import { databaseClock } from '../database/statements/database-clock.js';
import {
  findForgettable,
  lockImagesToForget,
  lookAgainAtReaders,
  replaceReaders,
} from '../database/statements/forget-readers.js';
import {
  FIRST_RECORD,
  type ForgettingRecords,
  type ForgottenRecords,
  forgetUnusedLinks,
  forgetUnusedMutes,
  forgetUnusedVerdicts,
  type RecordPlace,
} from '../database/statements/forget-records.js';
import type { Tx } from '../database/tx.js';
import { freshNames } from './fresh-names.js';

/** Looks that often whom to forget, in milliseconds. */
const EVERY_MILLISECONDS = 600_000;
/** Images that one transaction locks, and people whom it forgets: some tens of milliseconds of work. */
const IMAGES_AT_ONCE = 200;
const READERS_AT_ONCE = 2_000;
const RECORDS_AT_ONCE = 2_000;

/** For how long what is stored of readers leads to them (config/default.yaml, "readers"). */
export interface ReaderDays {
  /** From the end of the counting of an image to random values in the place of pseudonyms. */
  readonly pseudonymDays: number;
  /** From the last that was heard of a reporter to the end of their record. */
  readonly recordDays: number;
}

/** What one run came to. */
export interface Forgotten {
  readonly readers: number;
  readonly verdicts: number;
  readonly links: number;
  readonly mutes: number;
}

/**
 * Bounds in time what is stored of readers (invariant 12, docs/adr/0032 and 0033). Any number of processes may do so, and one may
 * be killed in the middle: each transaction is whole by itself, and what others hold is left to the next run.
 */
export class ForgetReaders extends Regularly {
  constructor(
    private readonly database: Database,
    private readonly days: ReaderDays,
  ) {
    super(
      'Readers',
      'Readers that should be forgotten could not be; trying again later.',
      EVERY_MILLISECONDS,
    );
  }

  /** Forgets all who are due. @param at instead of the database's clock */
  async once(at?: Date): Promise<Forgotten> {
    const now = at ?? (await databaseClock(this.database));
    const readers = await this.forgetVoters(now);
    const asked = { now, days: this.days.recordDays, limit: RECORDS_AT_ONCE };
    const verdicts = await this.forgetPages(forgetUnusedVerdicts, asked);
    const mutes = await this.forgetMutes(asked);
    const links = await this.forgetPages(forgetUnusedLinks, asked);
    return { readers, verdicts, links, mutes };
  }

  private async forgetVoters(now: Date): Promise<number> {
    const days = this.days.pseudonymDays;
    let readers = 0;
    for (let more = true; more && !this.stopped;) {
      const { images, gone } = await this.database.inIndexedTransaction((tx) => forgetSome(tx, now, days));
      readers += gone;
      more = images === IMAGES_AT_ONCE || gone === READERS_AT_ONCE;
    }
    return readers;
  }

  private async forgetPages(
    page: (tx: Tx, asked: ForgettingRecords, after: RecordPlace) => Promise<ForgottenRecords>,
    asked: ForgettingRecords,
  ): Promise<number> {
    let gone = 0;
    for (let after: RecordPlace | null = FIRST_RECORD; after !== null && !this.stopped;) {
      const from: RecordPlace = after;
      const done = await this.database.inIndexedTransaction((tx) => page(tx, asked, from));
      gone += done.gone;
      after = done.last;
    }
    return gone;
  }

  /** Each is a line of the log: somebody muted them until it is lifted. */
  private async forgetMutes(asked: ForgettingRecords): Promise<number> {
    let mutes = 0;
    for (let more = true; more && !this.stopped;) {
      const lifted = await this.database.inIndexedTransaction(async (tx) => {
        const gone = await forgetUnusedMutes(tx, asked);
        const event = {
          type: 'reporter.unmuted',
          actor: RULE,
          decisionId: null,
          ruleVersion: null,
          visibility: null,
          data: { by: 'rule' },
        } as const;
        if (gone.length > 0)
          await appendEvents(
            tx,
            gone.map((where) => ({ ...event, ...where })),
            null,
          );
        return gone.length;
      });
      mutes += lifted;
      more = lifted === asked.limit;
    }
    return mutes;
  }
}

/** Forgets some on some images that are due, under the locks of these: so nobody votes, decides or merges there meanwhile. */
async function forgetSome(tx: Tx, now: Date, days: number): Promise<{ images: number; gone: number }> {
  const images = await lockImagesToForget(tx, now, days, IMAGES_AT_ONCE);
  if (images.length === 0) return { images: 0, gone: 0 };
  const readers = await findForgettable(tx, images, { now, days, limit: READERS_AT_ONCE });
  if (readers.length > 0) replaceReaders(tx, freshNames(readers, randomBytes), now);
  // With as many as that there may be more, and the images stay due.
  if (readers.length < READERS_AT_ONCE) lookAgainAtReaders(tx, images, now, days);
  return { images: images.length, gone: readers.length };
}
