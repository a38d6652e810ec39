import { isForbidden } from '../postgres-errors.js';
import type { Tx } from '../tx.js';

const statement = { name: 'database-clock', text: 'select clock_timestamp() as now' };

/** What time it is for the database. */
export async function databaseClock(db: Pick<Tx, 'query'>): Promise<Date> {
  const [row] = await db.query<{ now: Date }>(statement);
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row.now;
}

const identity = {
  name: 'database-identity',
  text: `select md5(system_identifier || ' ' || current_database()) as identity from pg_control_system()`,
};

const guess = {
  name: 'database-identity-guess',
  text: `
    select md5(encode(i.secret_check, 'hex') || ' ' || d.oid || ' ' || d.datname) as identity
    from installation i, pg_database d
    where d.datname = current_database()`,
};

/**
 * A name of this database that no other has, in this cluster or another. Where the role may not call
 * pg_control_system(), only a copy of this very database under its name in another cluster might have the same.
 */
export async function databaseIdentity(db: Pick<Tx, 'query'>): Promise<string> {
  const [row] = await db.query<{ identity: string }>(identity).catch((error: unknown) => {
    if (!isForbidden(error)) throw error;
    return db.query<{ identity: string }>(guess);
  });
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row.identity;
}
