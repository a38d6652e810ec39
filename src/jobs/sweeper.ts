import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import { purgeJobs } from '../database/statements/jobs/purge-jobs.js';
import { sweepJobs } from '../database/statements/jobs/sweep-jobs.js';
import type { JobHandlers } from './job-handlers.js';

/** Removed at once: some milliseconds of work, between which jobs are taken. */
const PURGED_AT_ONCE = 2_000;
const PURGE_EVERY = 60_000;

/** Tidies the table: what Redis lost or a process left is to be done again, what has long been done goes. */
export class Sweeper {
  private readonly logger = new Logger('Jobs');
  private nextPurge = 0;

  constructor(
    private readonly db: Database,
    private readonly handlers: () => JobHandlers,
    private readonly options: { readonly keepDoneHours: number },
  ) {}

  /** Lets what was relayed or claimed too long ago wait again. Throws what the database throws. */
  async sweep(): Promise<void> {
    const swept = await this.db.inIndexedTransaction((tx) => sweepJobs(tx, this.handlers().all()));
    for (const { id, kind, was } of swept) {
      if (was === 'dead')
        this.logger.error(`Job ${id} (${kind}) is dead: its process ended with it too often.`);
      else if (was === 'broken')
        this.logger.warn(`Job ${id} (${kind}) was left by its process; it runs again.`);
    }
    const lost = swept.filter(({ was }) => was === 'lost').length;
    if (lost > 0)
      this.logger.warn(`${lost} jobs handed to Redis were not begun in time; handing them out again.`);
  }

  /** Removes some of what has been done for long, once a minute or until all of it is gone. */
  async purge(now = performance.now()): Promise<void> {
    if (now < this.nextPurge) return;
    const gone = await this.db.inIndexedTransaction((tx) =>
      purgeJobs(tx, this.options.keepDoneHours, PURGED_AT_ONCE),
    );
    this.nextPurge = gone < PURGED_AT_ONCE ? now + PURGE_EVERY : now;
  }
}
