import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';

import pg from 'pg';

import type { EmbeddedPostgres } from '../../src/database/embedded-postgres.js';

/** What stop-postgres needs; Jest runs both in one process, and hands test files the environment only. */
declare global {
  var postgresOfTests: { stop(): Promise<void> } | undefined;
  var logsOfTests: { check(): void } | undefined;
}

/**
 * Jest's globalSetup: one Postgres for all test files (TEST_DATABASE_URL, else an embedded one in a new folder) and a
 * migrated template database for `createTestDatabase` to clone. Test files find both in the environment.
 */
export default async function startPostgres(): Promise<void> {
  const restoreResolution = resolveSources();
  const { startEmbeddedPostgres } = await import('../../src/database/embedded-postgres.js');
  const { migrate } = await import('../../src/database/migrate.js');
  const { memoryFolder } = await import('./memory-folder.js');
  const { checkLogs } = await import('./check-logs.js');
  restoreResolution();

  const dataDir = mkdtempSync(path.join(memoryFolder(), 'vigie-tests-'));
  // Passable for the user that Postgres runs as when this is root; the cluster's own folder stays closed.
  chmodSync(dataDir, 0o755);
  const logs = path.join(dataDir, 'logs');
  mkdirSync(logs);
  process.env['VIGIE_TEST_LOGS'] = logs;
  globalThis.logsOfTests = { check: () => checkLogs(logs) };
  let embedded: EmbeddedPostgres | undefined;
  const template = `vigie_template_${process.pid}`;
  try {
    const given = process.env['TEST_DATABASE_URL'];
    if (!given) embedded = await startEmbeddedPostgres({ dataDir });
    const server = given ? given : (embedded?.url ?? '');
    await administer(server, `create database ${template}`);
    if (embedded) await keepLogShort(server);
    globalThis.postgresOfTests = {
      async stop() {
        try {
          await administer(server, `drop database ${template} with (force)`);
        } finally {
          await embedded?.stop();
          rmSync(dataDir, { recursive: true, force: true });
        }
      },
    };
    await migrate(databaseOn(server, template));
    process.env['VIGIE_TEST_POSTGRES'] = server;
    process.env['VIGIE_TEST_TEMPLATE'] = template;
    // Written by the first test file that needs it (own-contract.ts).
    process.env['VIGIE_TEST_CONTRACT'] = path.join(dataDir, 'openapi.json');
  } catch (error) {
    // Jest runs no globalTeardown after a failed globalSetup.
    await embedded?.stop();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** By default it grows to a gigabyte, which may be memory. */
async function keepLogShort(server: string): Promise<void> {
  await administer(server, `alter system set max_wal_size = '256MB'`);
  await administer(server, 'select pg_reload_conf()');
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseOn(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/**
 * Our imports end in `.js` and our files in `.ts`. Jest's moduleNameMapper, which says so to test files, is not
 * applied to globalSetup.
 */
function resolveSources(): () => void {
  type Resolve = (request: string, ...rest: unknown[]) => string;
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const original = loader._resolveFilename;
  loader._resolveFilename = (request, ...rest) => {
    try {
      return original(request, ...rest);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
      return original(request.replace(/\.js$/, '.ts'), ...rest);
    }
  };
  return () => {
    loader._resolveFilename = original;
  };
}
