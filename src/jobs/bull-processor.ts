import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, type OnApplicationShutdown, type Type } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import type { JobAttempt } from '../database/statements/job-row.js';
import { Dispatcher } from './dispatcher.js';
import { RedisClients } from './redis-clients.js';

/** Its name in Redis. Not the review queue, which is in Postgres. */
export const JOB_QUEUE = 'jobs';

/** Milliseconds that Bull may take to say goodbye to Redis. */
const CLOSE_PATIENCE = 2_000;

/** What Bull calls, with as many jobs at once as the process may run. */
export function bullProcessor(concurrency: number): Type {
  @Processor(JOB_QUEUE)
  class BullProcessor implements OnApplicationShutdown {
    constructor(
      @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
      @InjectQueue(JOB_QUEUE) private readonly queue: Queue<JobAttempt>,
      @Inject(RedisClients) private readonly clients: RedisClients,
    ) {}

    @Process({ concurrency })
    run(job: Job<JobAttempt>): Promise<void> {
      return this.dispatcher.accept(job.data);
    }

    /** Bull's own goodbye waits for ever for a Redis that is away, and leaves the connections open. */
    async onApplicationShutdown(): Promise<void> {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_PATIENCE)));
      await Promise.race([this.queue.close().catch(() => undefined), late]);
      clearTimeout(timer);
      this.clients.disconnect();
    }
  }
  return BullProcessor;
}
