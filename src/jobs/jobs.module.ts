import { BullModule, getQueueToken } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Queue } from 'bull';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { databaseIdentity } from '../database/statements/database-identity.js';
import type { JobAttempt } from '../database/statements/job-row.js';
import { keepFollowing } from '../database/keep-following.js';
import { bullProcessor, JOB_QUEUE } from './bull-processor.js';
import { BullRelay } from './bull-relay.js';
import { Dispatcher, type JobSettings } from './dispatcher.js';
import { JobHandlers } from './job-handlers.js';
import { RedisClients } from './redis-clients.js';
import { RedisReadiness } from './redis-readiness.js';
import type { Relay } from './relay.js';

const RELAY = Symbol('RELAY');

/** Needs the global modules of configuration and database. */
@Module({})
export class JobsModule {
  /** For processes that run jobs; staging them needs no module. */
  static register({ jobs, redisUrl }: Pick<VigieConfig, 'jobs' | 'redisUrl'>): DynamicModule {
    const bull = redisUrl === null ? null : throughBull(redisUrl, jobs);
    return {
      module: JobsModule,
      imports: bull?.imports ?? [],
      providers: [
        ...(bull?.providers ?? [{ provide: RELAY, useValue: null }]),
        {
          provide: Dispatcher,
          inject: [Database, ModulesContainer, RELAY],
          useFactory: (db: Database, modules: ModulesContainer, relay: Relay | null) => {
            let handlers: JobHandlers | undefined;
            return new Dispatcher(db, () => (handlers ??= JobHandlers.of(modules)), jobs, relay);
          },
        },
        keepFollowing(Dispatcher),
      ],
      exports: [Dispatcher, ...(bull === null ? [] : [RedisReadiness])],
    };
  }
}

function throughBull(
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
