/**
 * What docs/operations.md promises of upgrades: a process is started beside the old one, which is told to stop when the new one
 * is ready; and a migration is run while processes of the version before still serve. Under load, with a site that asks and one
 * that follows; nobody notices.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { reconcile } from '../../src/cli/reconcile.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { isTransient } from '../../src/database/postgres-errors.js';
import { BLOCKED_NAMES } from '../publishing/fold-feed.js';
import { type Keys, makeSite, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { Receiver } from '../setup/receiver.js';
import { Seeded, seedOfRun } from '../setup/seeded.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { Balanced } from './balanced.js';
import { FeedFolder } from './feed-folder.js';
import { indexEqualsTable } from './index-equals-table.js';
import { Acknowledged, broken, Load } from './load.js';

jest.setTimeout(240_000);

const SEED = seedOfRun();
/** Few, and with a breath between: there must be something left of two cores for processes that start. */
const PEOPLE = { readers: 2, moderators: 1, publishers: 1 };
const SITES_THAT_ASK = 2;
const BREATH_MILLISECONDS = 5;
/** Acknowledgements between two steps of an upgrade, and answers to sites. */
const SOME = 100;
const GENTLY = { code: 0, signal: null };

let database: TestDatabase;
let client: pg.Client;
let receiver: Receiver;
let env: NodeJS.ProcessEnv;
let keys: Keys;
const ending: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  receiver = await Receiver.open();
  env = { DATABASE_URL: database.url, VIGIE_SECRET: SECRET, OUTBOUND_ALLOW: '127.0.0.0/8' };
  keys = await makeSite(database.url);
});

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  await stopProcesses();
  await receiver?.close();
  await client?.end();
  await database?.drop();
});

/** Everybody who asks for something, and what they were told. */
class Public {
  readonly known = new Acknowledged();
  readonly balanced: Balanced;
  /** Answers to sites that ask what is seen, other than 200. */
  readonly odd: number[] = [];
  readonly folder: FeedFolder;
  private states = 0;
  private over = false;
  private readonly load: Load;
  private readonly sites: Promise<unknown>;

  constructor(services: readonly ServiceProcess[]) {
    this.balanced = new Balanced(services);
    this.folder = new FeedFolder(() => this.balanced.one, keys.secretKey);
    this.load = new Load(
      this.balanced,
      keys,
      new Seeded(SEED),
      this.known,
      'reader',
      () => undefined,
      PEOPLE,
    );
    this.sites = Promise.all(Array.from({ length: SITES_THAT_ASK }, (_, n) => this.askStates(n)));
    ending.push(() => this.end());
  }

  /** Resolves when so much more was asked and answered. */
  async goesOn(): Promise<void> {
    const acknowledged = this.known.count + SOME;
    const states = this.states + SOME;
    await until(
      () => this.known.count >= acknowledged && this.states >= states,
      () => `more answers than ${this.known.count}; failed: ${this.balanced.failed.slice(0, 3).join('; ')}`,
      60_000,
    );
  }

  async quieten(): Promise<void> {
    this.over = true;
    await Promise.all([this.load.end(), this.sites]);
  }

  /** Nothing that was acknowledged is lost, nobody was sent away, and whoever follows knows what the tables say. */
  async nobodyNoticed(): Promise<void> {
    expect(this.balanced.failed).toEqual([]);
    expect(this.odd).toEqual([]);
    expect(await broken(this.known, this.balanced.one, keys)).toEqual([]);
    const { rows } = await client.query<{ line: string }>(BLOCKED_NAMES, ['example']);
    const names = rows.map(({ line }) => line).sort();
    expect(names.length).toBeGreaterThan(0);
    await until(
      () => this.folder.blocked.join() === names.join(),
      () => `the follower to know ${names.length} blocked images, not ${this.folder.blocked.length}`,
    );
    expect(this.folder.wrong).toEqual([]);
    // It took the list at the beginning; its cursor was good at each process that came after.
    expect(this.folder.lists).toBe(1);
    expect(await contradictions()).toEqual([]);
    await indexEqualsTable(database.url, this.balanced.one, keys.secretKey, 'example');
  }

  private async end(): Promise<void> {
    await this.quieten();
    await this.folder.stop();
    await this.balanced.stop();
  }

  private async askStates(n: number): Promise<void> {
    for (let turn = 0; !this.over; turn += 1) {
      const url = `https://cdn.example.ma/${(n + turn) % 40}.jpg`;
      const address = `/v1/images/state?${new URLSearchParams({ url }).toString()}`;
      const { status } = await this.balanced.ask('GET', address, keys.secretKey);
      if (status === 200) this.states += 1;
      else this.odd.push(status);
      await pause(BREATH_MILLISECONDS);
    }
  }
}

/** What `reconcile` finds: the command itself, of this version, is refused on a newer schema as a process that starts is. */
async function contradictions(): Promise<unknown[]> {
  const dataSource = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
  try {
    return (await reconcile(new Database(dataSource))).flatMap(({ problems }) => problems as unknown[]);
  } finally {
    await dataSource.destroy();
  }
}

/** Every message for the endpoint was delivered, and came. */
async function allDelivered(): Promise<void> {
  let open: unknown[] = [];
  await until(
    async () => {
      const { rows } = await client.query(
        `select e.seq from event e
         where exists (select from webhook_endpoint w where e.seq > w.after_seq)
           and e.type in ('image.blocked', 'image.unblocked')
           and not exists (select from webhook_message m where m.event_seq = e.seq and m.status = 'delivered')`,
      );
      open = rows;
      return open.length === 0;
    },
    () => `${open.length} events to be delivered`,
    60_000,
  );
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from webhook_message where status = 'delivered'`,
  );
  const came = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
  expect(came.size).toBeGreaterThanOrEqual(rows[0]?.n ?? 0);
}

test(`two processes that answer and one that works are replaced one after the other: nobody notices (seed ${SEED})`, async () => {
  const start = (role: string) => ServiceProcess.start({ ...env, ROLE: role });
  const api = await Promise.all([start('api'), start('api')]);
  let worker = await start('worker');
  const hook = { url: receiver.url(), events: ['*'] };
  expect((await api[0].ask('POST', '/v1/webhook-endpoints', keys.secretKey, hook)).status).toBe(201);
  const everybody = new Public(api);
  await everybody.goesOn();

  for (const old of api) {
    const next = await start('api');
    everybody.balanced.add(next);
    await everybody.goesOn();
    expect(await old.stop()).toEqual(GENTLY);
    everybody.balanced.remove(old);
    await everybody.goesOn();
  }
  const next = await start('worker');
  expect(await worker.stop()).toEqual(GENTLY);
  worker = next;
  await everybody.goesOn();
  await everybody.quieten();

  // Else the old ones were not asked for anything when they stopped, and this proves nothing.
  expect(everybody.balanced.redispatched).toBeGreaterThan(0);
  await everybody.nobodyNoticed();
  await allDelivered();
  expect(worker.over).toBe(false);
});

/** All that a migration may do while the version before still serves, to the tables that it writes most. */
const NEWER_SCHEMA = `
  begin;
  create table from_the_future (id bigint primary key, site_id bigint references site (id) on delete cascade);
  alter table image add column of_the_future text;
  alter table vote add column of_the_future int not null default 1;
  alter table moderation_case add column of_the_future timestamptz;
  alter table decision add column of_the_future boolean default false;
  alter table event add column of_the_future jsonb;
  alter table job add column of_the_future text;
  create index image_of_the_future on image (site_id, of_the_future);
  insert into migration (timestamp, name) values (99991231235959, 'FromTheFuture99991231235959');
  commit;`;

/** As a migration is run: again, when it and somebody who is served stood in each other's way (src/database/migrate.ts). */
async function runNewer(): Promise<boolean> {
  try {
    await client.query(NEWER_SCHEMA);
    return true;
  } catch (error) {
    await client.query('rollback');
    if (!isTransient(error)) throw error;
    return false;
  }
}

test(`a newer schema comes under a running process: it goes on, and an old one that starts is refused (seed ${SEED})`, async () => {
  const old = await ServiceProcess.start(env);
  const everybody = new Public([old]);
  await everybody.goesOn();
  await until(runNewer);
  await everybody.goesOn();

  const late = await ServiceProcess.spawn(env);
  expect(await late.exited).toEqual({ code: 1, signal: null });
  expect(late.err).toContain(
    'This database was migrated by a newer Vigie (FromTheFuture99991231235959). Start that version, or a newer one.',
  );
  await everybody.goesOn();
  await everybody.quieten();
  await everybody.nobodyNoticed();
  expect(await old.stop()).toEqual(GENTLY);
  // A process that was only started again would be a late one.
  expect(old.err).not.toMatch(/of_the_future/);
});
