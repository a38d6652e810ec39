import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { FeedEpoch } from '../../src/visibility/feed-epoch.js';
import { DataDir } from '../setup/data-dir.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';

let service: Service;
let site: TestSite;

beforeEach(async () => {
  service = await Service.open();
  site = await service.site();
});
afterEach(async () => {
  await service.close();
});

interface Told {
  readonly cursor: string;
  readonly type: string;
}
const changes = (on: Service, query = '') =>
  on
    .ask<Told>('GET', `/v1/changes${query}`, site.secretKey)
    .then(({ status, body }) => ({ status, ...body }));
const epochOf = async (on: Service) => (await new FeedEpoch(on.database).status()).stored;

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Copies every table that a fresh database does not fill itself: what a dump and a restore do. */
async function copyInto(from: string, to: string): Promise<void> {
  const tables = [
    'installation',
    'site',
    'threshold_rule',
    'api_key',
    'image',
    'block',
    'event',
    'feed_epoch',
  ];
  await on(from, (source) =>
    on(to, async (target) => {
      await target.query('delete from feed_epoch');
      for (const table of tables) {
        const { rows } = await source.query<{ all: string }>(
          `select coalesce(jsonb_agg(t), '[]')::text as all from ${table} t`,
        );
        await target.query(
          `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1)`,
          [rows[0]?.all],
        );
      }
    }),
  );
}

it('notes quietly where a new database is, and keeps the epoch over restarts of the process', async () => {
  const { cursor } = await changes(service);
  const first = await epochOf(service);
  expect(first).toMatchObject({
    cause: 'new database',
    systemIdentifier: expect.stringMatching(/^\d+$/) as string,
    timeline: expect.stringMatching(/^[\dA-F]{8}$/) as string,
    databaseOid: expect.stringMatching(/^\d+$/) as string,
  });
  const again = await service.beside();
  expect((await epochOf(again)).epoch).toBe(first.epoch);
  expect((await changes(again, `?cursor=${cursor}`)).status).toBe(200);
  await again.close();
});

it('behaviour 43: restored into a new cluster, old cursors answer 410, and the block list starts anew', async () => {
  await service.ask('PUT', '/v1/images/block', site.secretKey, {
    image: { url: 'https://cdn.example.ma/1.jpg' },
    reason: 'spam',
  });
  await until(async () => {
    const { cursor } = await changes(service);
    return (await changes(service, `?cursor=${cursor}`)).status === 200;
  });
  const { cursor } = await changes(service);
  const dataDir = new DataDir(memoryFolder());
  const cluster = await startEmbeddedPostgres({ dataDir: dataDir.folder });
  try {
    await migrate(cluster.url);
    await copyInto(service.databaseUrl, cluster.url);
    const restored = await service.beside({ DATABASE_URL: cluster.url }, { databaseUrl: cluster.url });
    try {
      expect(await changes(restored, `?cursor=${cursor}`)).toMatchObject({
        status: 410,
        type: '/problems/cursor-expired',
      });
      expect(await epochOf(restored)).toMatchObject({ cause: 'another cluster' });
      const list = await restored.ask('GET', '/v1/blocklist', site.secretKey);
      expect(list.text).toContain('"url":"https://cdn.example.ma/1.jpg"');
      expect((await changes(restored, `?cursor=${String(list.headers['vigie-cursor'])}`)).status).toBe(200);
    } finally {
      await restored.close();
    }
  } finally {
    await cluster.stop();
    dataDir.remove();
  }
}, 90_000);

it('begins one new epoch when many processes find the database elsewhere', async () => {
  await service.database.dataSource.query(`update feed_epoch set timeline = '000000FF'`);
  const before = (await epochOf(service)).epoch;
  const epochs = await Promise.all(Array.from({ length: 8 }, () => new FeedEpoch(service.database).check()));
  expect(new Set(epochs).size).toBe(1);
  expect(epochs[0]).not.toBe(before);
});

it('is known to every process soon after an operator began a new one', async () => {
  const beside = await service.beside();
  const [one, other] = [await changes(service), await changes(beside)];
  const waiting = changes(beside, `?wait=60&cursor=${other.cursor}`);
  await new FeedEpoch(service.database).raise('operator');
  expect((await waiting).status).toBe(410);
  await until(async () => (await changes(service, `?cursor=${one.cursor}`)).status === 410);
  expect((await changes(beside)).status).toBe(200);
  await beside.close();
});

it('tells that it can not ask for the cluster where the role has no right to, and goes on with what it may ask', async () => {
  const role = `vigie_few_rights_${process.pid}`;
  await service.database.dataSource.query(`create role ${role}`);
  try {
    await service.database.dataSource.query(
      `grant select, update on feed_epoch to ${role};
       revoke execute on function pg_control_system() from public`,
    );
    const limited = {
      query: (statement: { text: string }, values: unknown[] = []) =>
        service.database.inTransaction(async (tx) => {
          await tx.manager.query(`set local role ${role}`);
          return tx.manager.query<unknown[]>(statement.text, values);
        }),
    };
    const epochs = new FeedEpoch(limited as unknown as ConstructorParameters<typeof FeedEpoch>[0]);
    const before = (await epochOf(service)).epoch;
    expect(await epochs.check()).toBe(before);
    expect((await epochs.status()).here).toMatchObject({
      systemIdentifier: null,
      databaseOid: expect.stringMatching(/^\d+$/) as string,
    });
  } finally {
    await service.database.dataSource.query(
      `grant execute on function pg_control_system() to public; drop owned by ${role}; drop role ${role}`,
    );
  }
});

it('numbers messages anew with an epoch: receivers know the numbers that were used after the backup', async () => {
  const next = (): Promise<number> =>
    on(service.databaseUrl, async (client) => {
      const { rows } = await client.query<{ n: string }>(
        `select nextval(pg_get_serial_sequence('webhook_message', 'id')) as n`,
      );
      return Number(rows[0]?.n);
    });
  const epochs = new FeedEpoch(service.database);
  await epochs.check();
  const before = await next();
  await epochs.check();
  expect(await next()).toBe(before + 1);
  await epochs.raise('operator');
  expect(await next()).toBeGreaterThan(before + 1_000_000);
});
