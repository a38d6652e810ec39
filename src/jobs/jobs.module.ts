import { type DynamicModule, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { keepFollowing } from '../database/keep-following.js';
import { Dispatcher } from './dispatcher.js';
import { JobHandlers } from './job-handlers.js';
import { RedisReadiness } from './redis-readiness.js';
import { RELAY, type Relay } from './relay.js';

/** Needs the global modules of configuration and database. */
@Module({})
export class JobsModule {
  /** For processes that run jobs; staging them needs no module. */
  static async register({ jobs, redisUrl }: Pick<VigieConfig, 'jobs' | 'redisUrl'>): Promise<DynamicModule> {
    // Bull and what it brings are a tenth of all code: whoever has no Redis does not load them.
    const bull = redisUrl === null ? null : (await import('./through-bull.js')).throughBull(redisUrl, jobs);
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
