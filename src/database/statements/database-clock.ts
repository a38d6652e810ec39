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

/** A name of this database that no other has, in this cluster or another. */
export async function databaseIdentity(db: Pick<Tx, 'query'>): Promise<string> {
  const [row] = await db.query<{ identity: string }>(identity);
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row.identity;
}
