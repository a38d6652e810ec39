import pg from 'pg';

import { createTestDatabase } from './test-database.js';

test('gives each caller a migrated database of its own, and takes it away although it is in use', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  expect(one.url).not.toBe(other.url);
  const client = new pg.Client({ connectionString: one.url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ migrations: number }>(
    'select count(*)::int as migrations from migration',
  );
  expect(rows[0]?.migrations).toBeGreaterThan(0);
  await Promise.all([one.drop(), other.drop()]);
  await expect(client.query('select 1')).rejects.toThrow();
  await client.end().catch(() => undefined);
});
