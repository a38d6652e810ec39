import { randomBytes } from 'node:crypto';
import { RULE } from '../core/commands/apply-rule.js';
import type { Database } from '../database/database.js';
import { Regularly } from '../database/regularly.js';
import { appendEvents } from '../database/statements/log/append-events.js';
import { databaseClock } from '../database/statements/server/database-clock.js';
import {
  findForgettable,
  lockImagesToForget,
  lookAgainAtReaders,
  replaceReaders,
} from '../database/statements/readers/forget-readers.js';
import {
  FIRST_RECORD,
  type ForgettingRecords,
  forgetUnusedLinks,
  forgetUnusedMutes,
  forgetUnusedVerdicts,
  type RecordPlace,
} from '../database/statements/readers/forget-records.js';
import type { Tx } from '../database/tx.js';
import { AGAIN, type Part, partOf, untilDone } from '../database/until-done.js';
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

  private forgetVoters(now: Date): Promise<number> {
    return this.untilDone(AGAIN, (tx) => forgetSome(tx, now, this.days.pseudonymDays));
  }

  private forgetPages(
    page: (tx: Tx, asked: ForgettingRecords, after: RecordPlace) => Promise<Part<RecordPlace>>,
    asked: ForgettingRecords,
  ): Promise<number> {
    return this.untilDone(FIRST_RECORD, (tx, after) => page(tx, asked, after));
  }

  /** Each is a line of the log: somebody muted them until it is lifted. */
  private forgetMutes(asked: ForgettingRecords): Promise<number> {
    return this.untilDone(AGAIN, async (tx) => {
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
      return partOf(gone.length, asked.limit);
    });
  }

  private untilDone<Place>(
    first: Place,
    part: (tx: Tx, from: Place) => Promise<Part<Place>>,
  ): Promise<number> {
    return untilDone(this.database, () => this.stopped, first, part);
  }
}

/** Forgets some on some images that are due, under the locks of these: so nobody votes, decides or merges there meanwhile. */
async function forgetSome(tx: Tx, now: Date, days: number): Promise<Part<typeof AGAIN>> {
  const images = await lockImagesToForget(tx, now, days, IMAGES_AT_ONCE);
  if (images.length === 0) return { gone: 0, next: null };
  const readers = await findForgettable(tx, images, { now, days, limit: READERS_AT_ONCE });
  if (readers.length > 0) replaceReaders(tx, freshNames(readers, randomBytes), now);
  // With as many as that there may be more, and the images stay due.
  if (readers.length < READERS_AT_ONCE) lookAgainAtReaders(tx, images, now, days);
  const isAll = images.length < IMAGES_AT_ONCE && readers.length < READERS_AT_ONCE;
  return { gone: readers.length, next: isAll ? null : AGAIN };
}
