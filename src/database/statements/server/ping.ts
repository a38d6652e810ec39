import type { Database } from '../../database.js';

const statement = { name: 'ping', text: 'select 1' };

/** Whether Postgres answers. Throws what the driver throws. */
export async function ping(database: Database): Promise<void> {
  await database.query(statement);
}
