import { setTimeout as pause } from 'node:timers/promises';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { checkInstallation } from './access/sealing/installation.js';
import { AppModule } from './app.module.js';
import type { VigieConfig } from './config/load-config.js';
import { loadSecret } from './config/secret.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded-postgres.js';
import { migrate } from './database/migrate.js';
import { usingDatabase } from './database/using-database.js';
import type { Adapter } from './http/adapter.js';
import { createApp } from './http/create-app.js';
import { startTracing } from './telemetry/start-tracing.js';

/** A running service. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly secret: Buffer;
  /** Says that it is not ready, and answers all else, so long as the setting leaveSeconds says. */
  leave(): Promise<void>;
  /** Answers what was asked, then stops, the embedded Postgres last. */
  stop(): Promise<void>;
}

/**
 * Starts everything but the listening: Postgres if it is ours, migrations, the secret's check, all rooms, the block
 * index.
 *
 * @throws what a person can mend, with a message that says how; nothing is left running then
 */
export async function start(
  config: VigieConfig,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<RunningService> {
  const secret = loadSecret(config, env);
  const endTracing = await startTracing(env, { 'vigie.role': config.role });
  let embedded: EmbeddedPostgres | null = null;
  let app: NestFastifyApplication | undefined;
  const stop = async (): Promise<void> => {
    try {
      await app?.close();
    } finally {
      try {
        await embedded?.stop();
      } finally {
        await endTracing();
      }
    }
  };
  try {
    if (config.databaseUrl === null) {
      embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log: say });
    }
    const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
    await migrate(databaseUrl, say);
    // Before any room is up: under a wrong secret a worker would write messages that nobody can read, and fail its jobs.
    await usingDatabase(databaseUrl, config.database, (database) => checkInstallation(database, secret));
    const started = await createApp(AppModule.register({ config, databaseUrl, secret }), config);
    app = started;
    return { app, secret, leave: () => leave(started, config), stop };
  } catch (error) {
    // Why it did not start is what a person must hear.
    await stop().catch((late: unknown) => say(`What had started could not be stopped: ${String(late)}`));
    throw error;
  }
}

async function leave(
  app: NestFastifyApplication,
  { leaveSeconds, role }: Pick<VigieConfig, 'leaveSeconds' | 'role'>,
): Promise<void> {
  if (leaveSeconds === 0 || role === 'worker' || !app.getHttpServer().listening) return;
  app.get<HttpAdapterHost<Adapter>>(HttpAdapterHost).httpAdapter.leave();
  await pause(leaveSeconds * 1_000);
}
