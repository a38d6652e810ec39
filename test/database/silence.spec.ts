/** Looks are quick here; the times are of the pool and of Postgres, not of the test. */
import pg from 'pg';
import { isConnectionLost } from '../../src/database/postgres-errors.js';
import { Silence } from '../../src/database/silence.js';
import { Proxy } from '../setup/proxy.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

const ALL_BUT_INTERVALS: FakeableAPI[] = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
];

let database: TestDatabase;
let proxy: Proxy;
let pool: pg.Pool;
let silence: Silence;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await Proxy.before(database.url);
});
beforeEach(() => {
  pool = new pg.Pool({ connectionString: proxy.url, max: 4 });
  pool.on('error', () => undefined);
  silence = new Silence(pool, { every: 20, looks: 10 });
});
afterEach(async () => {
  silence.onApplicationShutdown();
  proxy.heal();
  await pool.end();
});
afterAll(async () => {
  await proxy.close();
  await database.drop();
});

/** A connection of the pool, as a transaction has it: what happens to it is heard where it is used. */
async function held(): Promise<pg.PoolClient> {
  const client = await pool.connect();
  client.on('error', () => undefined);
  return client;
}

it('lets everybody know who waits, when Postgres says nothing at all', async () => {
  const clients = [await held(), await held()];
  proxy.silent();
  const errors = await Promise.all(
    clients.map((client) => client.query('select 1').catch((error: unknown) => error)),
  );
  for (const error of errors) expect([error, isConnectionLost(error)]).toEqual([expect.any(Error), true]);
  for (const client of clients) client.release(true);
});

it('is well again with new connections', async () => {
  const client = await held();
  proxy.silent();
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  proxy.heal();
  expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
});

it('leaves a statement alone that takes long, as long as others are answered', async () => {
  const long = pool.query('select 3 as three from pg_sleep(1)');
  let over = false;
  void long.finally(() => (over = true));
  while (!over) await pool.query('select 1');
  expect((await long).rows).toEqual([{ three: 3 }]);
});

it('leaves connections alone on which nobody waits', async () => {
  // Of this test's own looks only: the driver and Postgres keep their clocks.
  jest.useFakeTimers({ doNotFake: ALL_BUT_INTERVALS });
  const looking = new Silence(pool, { every: 20, looks: 10 });
  const client = await held();
  const { rows: before } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  client.release();
  jest.advanceTimersByTime(20 * 15);
  const { rows: after } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  expect(after).toEqual(before);
  looking.onApplicationShutdown();
  jest.useRealTimers();
});
