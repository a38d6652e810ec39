import pg from 'pg';
import { Doorbell, type DoorbellOptions } from '../../src/database/listen.js';
import { Proxy } from '../setup/proxy.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

let database: TestDatabase;
let other: pg.Client;
const open: Doorbell[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});

afterEach(async () => {
  for (const doorbell of open.splice(0)) await doorbell.close();
});

afterAll(async () => {
  await other.end();
  await database.drop();
});

function doorbell(
  sessionPooling = true,
  url = database.url,
  more: Pick<DoorbellOptions, 'pulse' | 'patience'> = {},
): Doorbell {
  const made = new Doorbell(url, { sessionPooling, ...more });
  open.push(made);
  return made;
}

/** A handler that counts its rings, and a way to wait for more of them. */
function counter(): { ring: () => void; count: () => number; atLeast: (n: number) => Promise<void> } {
  let count = 0;
  const waiting: { n: number; resolve: () => void }[] = [];
  return {
    ring: () => {
      count += 1;
      for (const { n, resolve } of waiting) if (count >= n) resolve();
    },
    count: () => count,
    atLeast: (n) => (count >= n ? Promise.resolve() : new Promise((resolve) => waiting.push({ n, resolve }))),
  };
}

const listeners = async (): Promise<number[]> => {
  const { rows } = await other.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'vigie doorbell'`,
  );
  return rows.map(({ pid }) => pid);
};

describe('the doorbell', () => {
  it('rings the handlers of a channel, and once when it has connected', async () => {
    const bell = doorbell();
    const [a, b] = [counter(), counter()];
    bell.on('vigie_a', a.ring);
    bell.on('vigie_b', b.ring);
    await Promise.all([a.atLeast(1), b.atLeast(1)]);
    await other.query('notify vigie_a');
    await a.atLeast(2);
    expect(b.count()).toBe(1);
    expect(await listeners()).toHaveLength(1);
  });

  it('listens to a channel that is added later', async () => {
    const bell = doorbell();
    const [a, b] = [counter(), counter()];
    bell.on('vigie_a', a.ring);
    await a.atLeast(1);
    bell.on('vigie_b', b.ring);
    await b.atLeast(1);
    await other.query('notify vigie_b');
    await b.atLeast(2);
    expect(a.count()).toBe(1);
  });

  it('no longer rings a handler that was taken off', async () => {
    const bell = doorbell();
    const [a, b] = [counter(), counter()];
    const off = bell.on('vigie_a', a.ring);
    bell.on('vigie_a', b.ring);
    await a.atLeast(1);
    await b.atLeast(1);
    off();
    await other.query('notify vigie_a');
    await b.atLeast(2);
    expect(a.count()).toBe(1);
  });

  it('connects again after its connection was killed, and then rings everybody', async () => {
    const bell = doorbell();
    const [a, b] = [counter(), counter()];
    bell.on('vigie_a', a.ring);
    bell.on('vigie_b', b.ring);
    await Promise.all([a.atLeast(1), b.atLeast(1)]);
    for (let times = 1; times <= 3; times += 1) {
      const [killed] = await listeners();
      await other.query('select pg_terminate_backend($1)', [killed]);
      await Promise.all([a.atLeast(1 + times), b.atLeast(1 + times)]);
      expect(await listeners()).not.toContain(killed);
    }
    await other.query('notify vigie_a');
    await a.atLeast(5);
  });

  it('connects again where its connection was lost and nobody told of it, and then rings', async () => {
    const way = await Proxy.before(database.url);
    const bell = doorbell(true, way.url, { pulse: 50, patience: 500 });
    const a = counter();
    bell.on('vigie_a', a.ring);
    await a.atLeast(1);
    way.lose();
    await a.atLeast(2);
    const before = a.count();
    await other.query('notify vigie_a');
    await a.atLeast(before + 1);
    await bell.close();
    await way.close();
  });

  it('stays where it is asked and answered', async () => {
    const bell = doorbell(true, database.url, { pulse: 5 });
    const a = counter();
    bell.on('vigie_a', a.ring);
    await a.atLeast(1);
    const [pid] = await listeners();
    await until(async () => {
      const { rows } = await other.query<{ query: string }>(
        'select query from pg_stat_activity where pid = $1',
        [pid],
      );
      return rows[0]?.query === 'select';
    });
    expect(await listeners()).toEqual([pid]);
    await other.query('notify vigie_a');
    await a.atLeast(2);
    expect(a.count()).toBe(2);
  });

  it('never connects without session pooling', async () => {
    const bell = doorbell(false);
    const a = counter();
    bell.on('vigie_a', a.ring);
    // Another bell, connected after this one was asked to, shows that its time has come and gone.
    const witness = counter();
    doorbell().on('vigie_a', witness.ring);
    await witness.atLeast(1);
    await other.query('notify vigie_a');
    await witness.atLeast(2);
    expect(await listeners()).toHaveLength(1);
    expect(a.count()).toBe(0);
  });

  it('can be closed before, while and after it connects, and closes its connection', async () => {
    const early = doorbell();
    early.on('vigie_a', () => undefined);
    await early.close();
    const connected = doorbell();
    const a = counter();
    connected.on('vigie_a', a.ring);
    await a.atLeast(1);
    await connected.close();
    await connected.close();
    const nowhere = doorbell(true, 'postgres://127.0.0.1:1/nowhere');
    nowhere.on('vigie_a', () => undefined);
    await nowhere.close();
    await other.query('notify vigie_a');
    expect(a.count()).toBe(1);
  });
});
