import type { Tx } from '../../tx.js';

const statement = { name: 'database-clock', text: 'select clock_timestamp() as now' };

/** What time it is for the database. */
export async function databaseClock(db: Pick<Tx, 'query'>): Promise<Date> {
  const [row] = await db.query<{ now: Date }>(statement);
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row.now;
}
