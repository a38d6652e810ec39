import { BullModule, getQueueToken } from '@nestjs/bull';
import type { DynamicModule } from '@nestjs/common';
import type { Queue } from 'bull';
import { Database } from '../database/database.js';
import { databaseIdentity } from '../database/statements/server/database-identity.js';
import type { JobAttempt } from '../database/statements/jobs/job-row.js';
import { bullProcessor, JOB_QUEUE } from './bull-processor.js';
import { BullRelay } from './bull-relay.js';
import type { JobSettings } from './dispatcher.js';
import { RedisClients } from './redis-clients.js';
import { RedisReadiness } from './redis-readiness.js';
import { RELAY } from './relay.js';

/** What takes jobs through Redis: a queue of Bull's, and who fills and empties it. */
export function throughBull(
  redisUrl: string,
  jobs: JobSettings,
): Required<Pick<DynamicModule, 'imports' | 'providers'>> {
  const clients = new RedisClients(redisUrl);
  const queue = BullModule.registerQueueAsync({
    name: JOB_QUEUE,
    inject: [Database],
    // Several installations may share a Redis. In braces, so that a Redis cluster keeps its keys together.
    useFactory: async (db: Database) => ({
      createClient: clients.createClient,
      prefix: `{vigie-${await databaseIdentity(db)}}`,
    }),
  });
  return {
    imports: [queue],
    providers: [
      { provide: RedisClients, useValue: clients },
      {
        provide: RELAY,
        inject: [getQueueToken(JOB_QUEUE)],
        useFactory: (queue: Queue<JobAttempt>) => new BullRelay(queue, jobs.concurrency),
      },
      {
        provide: RedisReadiness,
        inject: [getQueueToken(JOB_QUEUE)],
        useFactory: (queue: Queue) => new RedisReadiness(queue),
      },
      bullProcessor(jobs.concurrency),
    ],
  };
}
