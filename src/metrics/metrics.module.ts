import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import pTimeout from 'p-timeout';
import { LimitsRedis } from '../access/limits/limits-redis.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { projectRoot } from '../config/project-root.js';
import { Database } from '../database/database.js';
import { RedisReadiness } from '../jobs/redis-readiness.js';
import { BlockIndex } from '../visibility/block-index.js';
import { VisibilityModule } from '../visibility/visibility.module.js';
import { installationGauges } from './installation-gauges.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsPort } from './metrics-port.js';
import { MetricsText } from './metrics-text.js';
import { processGauges } from './process-gauges.js';
import { SharedFacts } from './shared-facts.js';

/** What Prometheus is told. In every process, whatever its role. Needs the global modules of configuration and database. */
@Module({
  imports: [VisibilityModule],
  controllers: [MetricsController],
  providers: [
    {
      provide: MetricsText,
      inject: [Database, BlockIndex, CONFIG, ModuleRef],
      useFactory: (database: Database, index: BlockIndex, config: VigieConfig, modules: ModuleRef) => {
        const shared = new SharedFacts(database, () => index.cursor, config.readers.pseudonymDays);
        const redis = config.redisUrl === null ? null : () => isRedisUp(modules);
        const build = { version: ownVersion(), role: config.role };
        return new MetricsText([
          installationGauges(shared),
          processGauges({ database, index, shared, redis, build }),
        ]);
      },
    },
    {
      provide: MetricsPort,
      inject: [MetricsText, CONFIG],
      useFactory: (text: MetricsText, { host, metricsPort, metricsToken }: VigieConfig) =>
        new MetricsPort(text, { host, port: metricsPort, token: metricsToken }),
    },
  ],
})
export class MetricsModule {}

function ownVersion(): string {
  const text = readFileSync(path.join(projectRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** Milliseconds that Redis has to answer. */
const PATIENCE = 1_000;

/** By the connection of the jobs where this process runs any, else by that of the limits. */
async function isRedisUp(modules: ModuleRef): Promise<boolean> {
  const jobs = provided(modules, RedisReadiness);
  if (jobs === null) return provided(modules, LimitsRedis)?.isThere ?? false;
  return (await pTimeout(jobs.check(), { milliseconds: PATIENCE, fallback: () => 'down' })) === 'up';
}

function provided<T>(modules: ModuleRef, token: abstract new (...args: never[]) => T): T | null {
  try {
    return modules.get<T>(token, { strict: false });
  } catch {
    return null;
  }
}
