import { HeardClient } from './heard-client.js';

const LOCK = 5_164_210;

/** A line for whoever waits. */
type Tell = (line: string) => void;

/** How it is held, as `pg_locks` tells everybody: the number in two halves, of which the upper is 0. */
const HOLDERS = `
  select mode
  from pg_locks
  where locktype = 'advisory' and classid = 0 and objid = ${LOCK} and objsubid = 1 and granted
    and database = (select oid from pg_database where datname = current_database())
  limit 1`;

/**
 * Runs `work`, which migrates or restores: alone, and while no backup is taken. Tells for what it waits.
 *
 * @throws what `work` throws, and Postgres where the lock was lost meanwhile
 */
export const changingSchema = <T>(url: string, tell: Tell, work: () => Promise<T>): Promise<T> =>
  holding(url, 'advisory_xact_lock', tell, work);

/**
 * Runs `work` while nobody migrates: a snapshot does not see the rows of a table that was rewritten after it. Whoever would is
 * stopped before they ask for a table; behind somebody who waits for one, its readers would wait, too.
 *
 * @throws as `changingSchema`
 */
export const keepingSchema = <T>(url: string, tell: Tell, work: () => Promise<T>): Promise<T> =>
  holding(url, 'advisory_xact_lock_shared', tell, work);

/** Over a connection and in a transaction of its own: a pooler would give a session's lock to somebody else. */
async function holding<T>(url: string, lock: string, tell: Tell, work: () => Promise<T>): Promise<T> {
  const client = new HeardClient({
    connectionString: url,
    application_name: 'vigie schema lock',
    // An hour may pass in which nothing is said.
    keepAlive: true,
  });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_${lock}(${LOCK}) as mine`);
    if (rows[0]?.mine !== true) {
      await tellWhoHasIt(client, tell);
      await client.query(`select pg_${lock}(${LOCK})`);
    }
    const result = await work();
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

async function tellWhoHasIt(client: HeardClient, tell: Tell): Promise<void> {
  const { rows } = await client.query<{ mode: string }>(HOLDERS);
  if (rows[0] === undefined) return;
  tell(
    rows[0].mode === 'ShareLock'
      ? 'A backup of this database is being taken, and its tables stay as they are meanwhile: waiting for its end.'
      : 'Waiting for another process, which migrates or restores this database.',
  );
}
