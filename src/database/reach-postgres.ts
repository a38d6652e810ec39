import type pg from 'pg';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { HeardClient } from './heard-client.js';

/** cannot_connect_now, and what the kernel says of a server that is going or has a full queue. */
const BUSY = ['57P03', 'ECONNRESET', 'EPIPE', 'EAGAIN'];
const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

/**
 * A connection to the server behind this socket; `'busy'` when one is there but takes nobody yet (it starts,
 * recovers or stops), `'absent'` when none listens.
 * @throws EmbeddedPostgresError when it listens but not to us
 */
export async function reachPostgres(socketFolder: string): Promise<pg.Client | 'busy' | 'absent'> {
  const client = new HeardClient({
    host: socketFolder,
    // Both would otherwise come from PGPORT and PGSSLMODE.
    port: 5432,
    ssl: false,
    user: 'postgres',
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    application_name: 'vigie launcher',
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
    if (code === 'EACCES' || code === 'EPERM') {
      throw new EmbeddedPostgresError(
        `The embedded Postgres runs as another user and this one may not use ${socketFolder}: start as that user or ` +
          `as root`,
        { cause: error },
      );
    }
    if (code === undefined || BUSY.includes(code)) return 'busy';
    throw error;
  }
}

/** Makes the database `vigie` if it is missing. */
export async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`select from pg_database where datname = 'vigie'`);
  if (rowCount !== 0) return;
  try {
    await client.query('create database vigie');
  } catch (error) {
    // Another start was faster: the check before it is no lock.
    const { code } = error as { code?: string };
    if (code !== DUPLICATE_DATABASE && code !== UNIQUE_VIOLATION) throw error;
  }
}
