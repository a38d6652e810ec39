import { Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import type { JobAttempt } from '../database/statements/jobs/job-row.js';
import type { Relay } from './relay.js';

/** Milliseconds in which Redis is not asked again after it failed: jobs run here meanwhile. */
const AWAY = 1_000;

/** Hands jobs to the workers of all processes, through Bull. Redis holds their numbers only. */
export class BullRelay implements Relay {
  private readonly logger = new Logger('Jobs');
  private awayUntil = 0;
  private away = false;

  /** @param most jobs that may wait in Redis: more would only wait there instead of in Postgres, out of order */
  constructor(
    private readonly queue: Queue<JobAttempt>,
    private readonly most: number,
  ) {
    // Bull would end the process; what matters is told by `room` and `hand`.
    queue.on('error', () => undefined);
  }

  async room(): Promise<number | null> {
    if (performance.now() < this.awayUntil) return null;
    try {
      const waiting = await this.queue.getWaitingCount();
      this.isBack();
      return Math.max(0, this.most - waiting);
    } catch (error) {
      this.isAway(error);
      return null;
    }
  }

  async hand(jobs: readonly JobAttempt[]): Promise<readonly JobAttempt[]> {
    const added = await Promise.allSettled(
      jobs.map(({ id, attempts, relays }) =>
        this.queue.add(
          { id, attempts, relays },
          {
            // Bull ignores an id that it still knows; this one never comes again.
            jobId: `j${id}-${attempts}-${relays}`,
            // Retries are ours, and Postgres remembers.
            attempts: 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        ),
      ),
    );
    return jobs.filter((_, index) => {
      const result = added[index];
      if (result?.status !== 'rejected') return false;
      this.isAway(result.reason);
      return true;
    });
  }

  private isAway(error: unknown): void {
    this.awayUntil = performance.now() + AWAY;
    if (!this.away) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Redis can't be reached (${reason}): this process runs jobs itself until it is back.`);
    }
    this.away = true;
  }

  private isBack(): void {
    if (this.away) this.logger.log('Redis is back: jobs go through it again.');
    this.away = false;
  }
}
