/** Looks are quick here; the times are of the pool and of Postgres, not of the test. */
import pg from 'pg';
import { isConnectionLost } from '../../src/database/postgres-errors.js';
import { Silence } from '../../src/database/silence.js';
import { Renumbering } from '../setup/renumbering.js';
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

describe('while nobody else asks', () => {
  /** Half of the looks are time enough for a new connection, also on a busy machine. */
  const SLOWER = { every: 200, looks: 10 };
  /** Longer than twice all looks. */
  const LONG = 'select 3 as three from pg_sleep(4.5)';
  let slower: Silence;

  beforeEach(() => {
    silence.onApplicationShutdown();
    slower = new Silence(pool, SLOWER);
  });
  afterEach(() => slower.onApplicationShutdown());

  it('leaves a statement alone that takes long', async () => {
    expect((await pool.query(LONG)).rows).toEqual([{ three: 3 }]);
  });

  it('leaves statements alone that wait for a lock, also where they are all that the pool can ask at once', async () => {
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock(1)');
    const waiting = Promise.allSettled(
      Array.from({ length: 4 }, () => pool.query('select pg_advisory_xact_lock_shared(1)')),
    );
    await holder.query(LONG);
    await holder.query('commit');
    await holder.end();
    expect((await waiting).map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
  });

  it('leaves a statement alone that takes long behind a pooler, which numbers connections by itself', async () => {
    const pooler = await Renumbering.before(proxy.port);
    const behind = new pg.Pool({ connectionString: proxy.url.replace(`:${proxy.port}`, `:${pooler.port}`) });
    behind.on('error', () => undefined);
    const looking = new Silence(behind, SLOWER);
    const answer = await behind.query(LONG).catch((error: unknown) => ({ rows: [error] }));
    looking.onApplicationShutdown();
    await behind.end();
    await pooler.close();
    expect(answer.rows).toEqual([{ three: 3 }]);
  });

  it('lets those know whose connection leads nowhere, although the server is there for new ones', async () => {
    const client = await held();
    proxy.silent();
    // From here on the name leads to a server that answers, as after a failover.
    Object.assign(pool.options, { connectionString: database.url });
    const error: unknown = await client.query('select 1').catch((reason: unknown) => reason);
    expect([error, isConnectionLost(error)]).toEqual([expect.any(Error), true]);
    client.release(true);
  });
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
