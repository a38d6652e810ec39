/** Looks are quick here; the times are of the pool and of Postgres, not of the test. */
import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { HeardClient } from '../../src/database/heard-client.js';
import { isConnectionLost } from '../../src/database/postgres-errors.js';
import { Silence } from '../../src/database/silence.js';
import { Renumbering } from '../setup/renumbering.js';
import { Proxy } from '../setup/proxy.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

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

it.each(['idle', 'in a transaction'])(
  'lets those know whose connection is lost without a word, %s, while others are answered',
  async (state) => {
    const client = await held();
    if (state === 'in a transaction') await client.query('begin');
    proxy.lose();
    let isOver = false;
    const lost = client
      .query('select 1')
      .catch((error: unknown) => error)
      .finally(() => (isOver = true));
    while (!isOver) expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
    const error = await lost;
    expect([error, isConnectionLost(error)]).toEqual([expect.any(Error), true]);
    client.release(true);
  },
);

it('has Postgres end what was lost, and what goes on there when it has what it waited for', async () => {
  const direct = new pg.Client({ connectionString: database.url });
  await direct.connect();
  const first = await held();
  await first.query('begin');
  await first.query('select pg_advisory_xact_lock(2)');
  const second = await held();
  await second.query('begin');
  const waits = second.query('select pg_advisory_xact_lock(2)').catch((error: unknown) => error);
  await until(async () => {
    const { rows } = await direct.query(`select from pg_locks where locktype = 'advisory' and not granted`);
    return rows.length === 1;
  });
  proxy.lose();
  const asks = first.query('select 1').catch((error: unknown) => error);
  await direct.query(`set lock_timeout = '20s'`);
  await direct.query('select pg_advisory_lock(2)');
  for (const error of await Promise.all([asks, waits])) {
    expect([error, isConnectionLost(error)]).toEqual([expect.any(Error), true]);
  }
  for (const client of [first, second]) client.release(true);
  await direct.end();
});

it('takes those from the pool that were lost while nobody used them, before anybody waits on them, too', async () => {
  const backends = async (): Promise<number> => {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int from pg_stat_activity where datname = current_database()',
    );
    return rows[0]?.count ?? 0;
  };
  for (const client of [await held(), await held(), await held()]) client.release();
  expect([pool.totalCount, await backends()]).toEqual([3, 3]);
  proxy.lose();
  await expect(pool.query('select 1')).rejects.toThrow(/terminated/);
  await until(() => pool.totalCount === 0);
  // The inquiry's may be there for one look.
  await until(async () => (await backends()) === 1);
});

describe('while nobody else asks', () => {
  const LOCK = 1;
  const HALF = 5;
  let stepped: Silence;
  let holder: pg.Client;
  /** Only who inquires is one of these here: the pool's are the driver's own. */
  let questions: jest.SpyInstance;

  beforeEach(async () => {
    silence.onApplicationShutdown();
    // Looks come when the test says so: the machine may take its time for a new connection.
    jest.useFakeTimers({ doNotFake: ALL_BUT_INTERVALS });
    questions = jest.spyOn(HeardClient.prototype, 'query');
    stepped = new Silence(pool, { every: 20, looks: 2 * HALF });
    holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock($1)', [LOCK]);
  });
  afterEach(async () => {
    stepped.onApplicationShutdown();
    jest.useRealTimers();
    questions.mockRestore();
    await holder.end();
  });

  const looks = (count: number): void => void jest.advanceTimersByTime(20 * count);

  /** As many statements that wait for the lock as are asked for, when Postgres has taken them. */
  async function waiting(of: pg.Pool, count: number): Promise<Promise<unknown>[]> {
    const statements = Array.from({ length: count }, () =>
      of.query('select 3 as three from pg_advisory_xact_lock_shared($1)', [LOCK]).then(
        ({ rows }) => rows as unknown[],
        (error: unknown) => error,
      ),
    );
    await until(async () => {
      const { rows } = await holder.query(
        `select from pg_locks where locktype = 'advisory' and database = (
           select oid from pg_database where datname = current_database()) and not granted`,
      );
      return rows.length === count;
    });
    // What was heard until now.
    looks(1);
    return statements;
  }

  /** When Postgres has answered so many questions about who is silent. */
  async function answered(count: number): Promise<void> {
    await until(() => questions.mock.results.length >= count);
    await (questions.mock.results[count - 1]?.value as Promise<unknown>);
    await turn();
  }

  /** All looks twice, with Postgres asked and answering from half-way on. */
  async function silenceTwice(): Promise<void> {
    looks(HALF);
    await answered(1);
    for (let count = 2; count <= 3 * HALF + 1; count += 1) {
      looks(1);
      await answered(count);
    }
  }

  it.each([1, 4])('leaves %i statements alone that wait for a lock, of four at once', async (count) => {
    const statements = await waiting(pool, count);
    await silenceTwice();
    await holder.query('commit');
    expect(await Promise.all(statements)).toEqual(Array(count).fill([{ three: 3 }]));
  });

  it('leaves a transaction alone that asks nothing, however long, while Postgres is asked about others', async () => {
    const client = await held();
    await client.query('begin');
    const statements = await waiting(pool, 1);
    await silenceTwice();
    expect((await client.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
    await client.query('commit');
    client.release();
    await holder.query('commit');
    expect(await Promise.all(statements)).toEqual([[{ three: 3 }]]);
  });

  it('leaves a statement alone that takes long behind a pooler, which numbers connections by itself', async () => {
    const pooler = await Renumbering.before(proxy.port);
    const behind = new pg.Pool({ connectionString: proxy.url.replace(`:${proxy.port}`, `:${pooler.port}`) });
    behind.on('error', () => undefined);
    const looking = new Silence(behind, { every: 20, looks: 2 * HALF });
    const statements = await waiting(behind, 1);
    await silenceTwice();
    await holder.query('commit');
    const answers = await Promise.all(statements);
    looking.onApplicationShutdown();
    await behind.end();
    await pooler.close();
    expect(answers).toEqual([[{ three: 3 }]]);
  });

  it('lets those know whose connection leads nowhere, although the server is there for new ones', async () => {
    const client = await held();
    const elsewhere = await Proxy.before(database.url);
    looks(1);
    proxy.silent();
    const answer = client.query('select 1').catch((reason: unknown) => reason);
    // From here on the name leads to a server that answers, as after a failover.
    Object.assign(pool.options, { connectionString: elsewhere.url });
    looks(HALF);
    await answered(1);
    looks(1);
    const error = await answer;
    expect([error, isConnectionLost(error)]).toEqual([expect.any(Error), true]);
    client.release(true);
    await elsewhere.close();
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
