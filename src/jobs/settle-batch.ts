import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import { isConnectionLost } from '../database/postgres-errors.js';
import { settleJobs, type Settlement } from '../database/statements/jobs/settle-jobs.js';

const MOST = 500;
/** Milliseconds before the next try when Postgres could not be reached. */
const RETRY = 500;

interface Waiting {
  readonly end: Settlement;
  readonly resolve: (held: boolean) => void;
}

/**
 * Writes how attempts ended: those that ended while the last were being written go together, so that a thousand short
 * jobs cost a few flushes to disk. What was done is not forgotten because Postgres is away for a moment.
 */
export class SettleBatch {
  private readonly logger = new Logger(SettleBatch.name);
  private waiting: Waiting[] = [];
  private writing = false;
  private givenUp = false;

  constructor(private readonly db: Database) {}

  /** Resolves when it is written. False: it was no longer ours to say, and the job runs again. */
  settle(end: Settlement): Promise<boolean> {
    return new Promise((resolve) => {
      this.waiting.push({ end, resolve });
      if (!this.writing) void this.write();
    });
  }

  /** What can not be written now never is: the claims run out, and the jobs run again. */
  giveUp(): void {
    this.givenUp = true;
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST);
      const held = await this.writeBatch(batch.map(({ end }) => end));
      for (const { end, resolve } of batch) resolve(held.get(end.id) === end.attempts);
    }
    // In the breath in which nothing waits: what comes in the next one would else wait until another end comes.
    this.writing = false;
  }

  private async writeBatch(ends: readonly Settlement[]): Promise<ReadonlyMap<string, number>> {
    for (;;) {
      try {
        return await this.db.inIndexedTransaction((tx) => settleJobs(tx, ends));
      } catch (error) {
        if (!isConnectionLost(error))
          this.logger.error(`The end of a job can't be written: ${String(error)}`);
        if (this.givenUp || !isConnectionLost(error)) return new Map();
        await pause(RETRY);
      }
    }
  }
}
