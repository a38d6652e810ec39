import { InjectQueue } from '@nestjs/bull';
import {
  Inject,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Type,
} from '@nestjs/common';
import type { Queue } from 'bull';
import pTimeout from 'p-timeout';
import type { JobAttempt } from '../database/statements/jobs/job-row.js';
import { WakeUp } from '../database/wake-up.js';
import { Dispatcher } from './dispatcher.js';
import { RedisClients } from './redis-clients.js';

/** Its name in Redis. Not the review queue, which is in Postgres. */
export const JOB_QUEUE = 'jobs';

/** Milliseconds that Bull may take to say goodbye to Redis. */
const CLOSE_PATIENCE = 2_000;
/** Milliseconds until it is tried again, where Redis went away as the work was to begin. */
const AGAIN = 1_000;

/** What Bull has beyond its types. */
interface Untyped {
  setWorkerName(): Promise<void>;
  /** What @nestjs/bull adds: Nest waits for it as a process stops. */
  onApplicationShutdown(): Promise<void>;
  /** What `process` does after it has noted the handler, which it does once. */
  run(concurrency: number, name: '__default__'): Promise<unknown>;
}

/**
 * Takes jobs from Bull, as many at once as the process may run. The decorator `@Process` would not do: it drops the
 * promise of `process`, which fails when Redis goes away as it begins or never came. That would end this process, or
 * leave it alive and taking no more jobs.
 */
export function bullProcessor(concurrency: number): Type {
  class BullProcessor implements OnApplicationBootstrap, OnApplicationShutdown {
    private readonly logger = new Logger('Jobs');
    private readonly wakeUp = new WakeUp();
    private stopped = false;

    constructor(
      @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
      @InjectQueue(JOB_QUEUE) private readonly queue: Queue<JobAttempt> & Untyped,
      @Inject(RedisClients) private readonly clients: RedisClients,
    ) {}

    onApplicationBootstrap(): void {
      // Bull does not wait for it, and so does not hear that it failed.
      this.queue.setWorkerName = () => Promise.resolve();
      // Stopping is ours, below.
      this.queue.onApplicationShutdown = () => Promise.resolve();
      void this.serve();
    }

    /**
     * Bull's own goodbye waits for ever for a Redis that is away, or that came back just then
     * (`npm run faults -- --kills 40 --seed 5`), and leaves the connections open.
     */
    async onApplicationShutdown(): Promise<void> {
      this.stopped = true;
      this.wakeUp.ring();
      await pTimeout(this.queue.close(), { milliseconds: CLOSE_PATIENCE }).catch(() => undefined);
      this.clients.disconnect();
    }

    private async serve(): Promise<void> {
      let begin = (): Promise<unknown> =>
        this.queue.process(concurrency, (job) => this.dispatcher.accept(job.data));
      while (!this.stopped) {
        try {
          await begin();
          return;
        } catch (error) {
          if (this.stopped) return;
          this.logger.warn(`No jobs can be taken from Redis (${String(error)}); trying again.`);
        }
        begin = () => this.queue.run(concurrency, '__default__');
        await this.wakeUp.rung(AGAIN);
      }
    }
  }
  return BullProcessor;
}
