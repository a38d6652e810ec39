import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { HeardClient } from './heard-client.js';

/** Of the connection that a command keeps while it works on a server that another process started. */
const COMMAND = 'vigie command';

const POLL_MS = 100;

/** Says on this connection, as long as it is open, that a command works on a server that is not its own. */
export async function sayThatCommandWorks(client: pg.Client): Promise<void> {
  await client.query(`set application_name = '${COMMAND}'`);
}

/**
 * Waits until no command of another process works on this server: they would break off with it. Services are not waited for, which
 * start it again themselves.
 *
 * @param tell is told once that there is something to wait for
 */
export async function untilCommandsEnd(url: string, tell: () => void): Promise<void> {
  const client = new HeardClient({ connectionString: url, application_name: 'vigie launcher' });
  try {
    await client.connect();
    for (let waits = false; await isUsed(client); waits = true) {
      if (!waits) tell();
      await pause(POLL_MS);
    }
  } catch {
    // The server went: nobody works on it.
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isUsed(client: pg.Client): Promise<boolean> {
  const asked = await client.query('select from pg_stat_activity where application_name = $1 limit 1', [
    COMMAND,
  ]);
  return asked.rowCount !== 0;
}
