/**
 * Three processes on one database and one Redis, all under load, one of them killed at random every two seconds; in the
 * middle Redis stops, and comes back empty. Afterwards:
 *
 * - whatever somebody was told is done, is done, and the tables agree with themselves;
 * - the feed of each process, folded by version, gives the table, and so does the client library;
 * - each event has one message for the endpoint, delivered or waiting for a next attempt.
 *
 * VIGIE_STORM_SECONDS: how long. VIGIE_SEED: the number in the test's name, to have the same draws again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createClient, type VigieClient } from '../../src/client/index.js';
import { type Keys, makeSite, runCommand, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { describeWithRedis, TestRedis } from '../setup/redis.js';
import { Seeded, seedOfRun } from '../setup/seeded.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { FeedFolder } from './feed-folder.js';
import { indexEqualsTable } from './index-equals-table.js';
import { Acknowledged, broken, Load } from './load.js';
import { MoodyReceiver } from './moody-receiver.js';

const SECONDS = Number(process.env['VIGIE_STORM_SECONDS'] ?? 12);
const SEED = seedOfRun();
const KILL_EVERY_MS = 2_000;
/** Of the time; two minutes make it thirty seconds. */
const REDIS_AWAY = 0.25;

jest.setTimeout(120_000 + SECONDS * 3_000);

/** A process that is started again whenever it was killed, with its load. */
class Seat {
  private load: Load | null = null;
  private lives = 0;

  private constructor(
    private readonly name: string,
    private readonly begin: (service: ServiceProcess, life: string) => Load,
    public service: ServiceProcess,
  ) {
    this.work();
  }

  static async take(
    name: string,
    env: NodeJS.ProcessEnv,
    begin: (service: ServiceProcess, life: string) => Load,
  ): Promise<Seat> {
    return new Seat(name, begin, await ServiceProcess.start(env));
  }

  async killAndStart(env: NodeJS.ProcessEnv): Promise<void> {
    const { service } = this;
    service.kill('SIGKILL');
    await service.exited;
    await this.load?.over;
    this.service = await ServiceProcess.start({ ...env, PORT: String(service.port) });
    this.work();
  }

  async quieten(): Promise<void> {
    await this.load?.end();
  }

  private work(): void {
    this.lives += 1;
    this.load = this.begin(this.service, `${this.name}-${this.lives}`);
  }
}

interface ImageRow {
  readonly url: string;
  readonly blocked: boolean;
  readonly version: number;
}

interface MessageCounts {
  /** Events that the endpoint asked for. */
  readonly events: number;
  readonly messages: number;
  readonly delivered: number;
  /** Neither delivered nor with a next attempt. */
  readonly lost: number;
}

describeWithRedis('own', 'three processes in a storm', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let client: pg.Client;
  let receiver: MoodyReceiver;

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = await TestRedis.start();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await stopProcesses();
    await receiver?.stop();
    await client?.end();
    await redis?.close();
    await database?.drop();
  });

  async function table(): Promise<ImageRow[]> {
    const { rows } = await client.query<ImageRow>(
      `select coalesce(url, key) as url, blocked, version from image where version > 0 order by 1`,
    );
    return rows;
  }

  /** What differs between what somebody knows and the table: of an image that nobody heard of, only that it is visible. */
  function differences(known: (url: string) => boolean, rows: readonly ImageRow[]): string[] {
    return rows.filter(({ url, blocked }) => known(url) !== blocked).map(({ url }) => url);
  }

  test(`${SECONDS} seconds of it lose nothing (seed ${SEED})`, async () => {
    const seeded = new Seeded(SEED);
    const known = new Acknowledged();
    const keys: Keys = await makeSite(database.url);
    receiver = await MoodyReceiver.start(seeded);
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      VIGIE_SECRET: SECRET,
      OUTBOUND_ALLOW: '127.0.0.0/8',
    };
    const begin = (service: ServiceProcess, life: string): Load =>
      new Load(service, keys, seeded, known, life, () => undefined);
    const seats = await Promise.all(['one', 'two', 'three'].map((name) => Seat.take(name, env, begin)));
    const [first] = seats;
    if (first === undefined) throw new Error('no seat');
    const endpoint = await first.service.ask('POST', '/v1/webhook-endpoints', keys.secretKey, {
      url: receiver.url,
      events: ['*'],
    });
    expect(endpoint.status).toBe(201);
    receiver.secret = String(endpoint.body['secret']);
    const folders = seats.map((seat) => new FeedFolder(() => seat.service, keys.secretKey));
    const library: VigieClient = createClient({
      baseUrl: `http://127.0.0.1:${first.service.port}`,
      key: keys.secretKey,
    });
    await library.start();

    const end = Date.now() + SECONDS * 1_000;
    const trouble = redisTrouble(end);
    while (Date.now() < end) {
      await pause(KILL_EVERY_MS);
      await seats[seeded.below(seats.length)]?.killAndStart(env);
    }
    await trouble;
    await Promise.all(seats.map((seat) => seat.quieten()));

    expect(known.reports.size).toBeGreaterThan(SECONDS * 10);
    expect(known.decisions.size).toBeGreaterThan(0);
    expect(await broken(known, first.service, keys)).toEqual([]);
    expect(await runCommand(env, 'reconcile')).toMatchObject({ ok: true });
    for (const { service } of seats) {
      await indexEqualsTable(database.url, service, keys.secretKey, 'example');
    }
    const rows = await table();
    expect(rows.length).toBeGreaterThan(10);
    for (const folder of folders) {
      await until(
        () => differences((url) => folder.images.get(url)?.blocked ?? false, rows).length === 0,
        () => 'the folded feed to equal the table',
      );
      await folder.stop();
      expect(folder.wrong).toEqual([]);
      // Once at the beginning: a killed process' cursor goes on with the next one.
      expect(folder.lists).toBe(1);
    }
    await until(
      () => differences((url) => library.isBlocked(url), rows).length === 0,
      () => "the client library's set to equal the table",
    );
    await library.close();

    await until(
      async () => (await messageCounts()).events === (await messageCounts()).messages,
      () => 'a message for every event',
    );
    // All but those that failed, which wait for a later attempt.
    await until(
      async () => {
        const { delivered, messages } = await messageCounts();
        return delivered > 0.8 * messages;
      },
      () => 'most messages to be delivered',
      60_000,
    );
    const counts = await messageCounts();
    expect(counts.lost).toBe(0);
    expect(receiver.wrong).toEqual([]);
    expect(receiver.taken.size).toBeGreaterThanOrEqual(counts.delivered);
  });

  /** Stops in the middle, and comes back empty. */
  async function redisTrouble(end: number): Promise<void> {
    const away = SECONDS * 1_000 * REDIS_AWAY;
    await pause(Math.max(0, end - Date.now() - away) / 2);
    await redis.down();
    await pause(away);
    await redis.up();
  }
});
