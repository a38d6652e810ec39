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
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createClient } from '../../src/client/index.js';
import { MESSAGE_OF } from '../../src/webhooks/message-of-event.js';
import { BLOCKED_NAMES } from '../publishing/fold-feed.js';
import { type Keys, makeSite, runCommand, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { Receiver, verified } from '../setup/receiver.js';
import { describeWithRedis, TestRedis } from '../setup/redis.js';
import { Seeded, seedOfRun } from '../setup/seeded.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { FeedFolder } from './feed-folder.js';
import { indexEqualsTable } from './index-equals-table.js';
import { Acknowledged, broken, Load } from './load.js';

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
  kills = 0;

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

  /** Does nothing while it is starting. Resolves when the process is ready again. */
  async killAndStart(env: NodeJS.ProcessEnv): Promise<void> {
    const { service } = this;
    if (service.over) return;
    service.kill('SIGKILL');
    this.kills += 1;
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

/** Fails now and then, and sometimes ends the connection instead of answering; notes what it took. */
function bad(
  seeded: Seeded,
  taken: Set<string>,
): (response: ServerResponse, request: IncomingMessage) => void {
  return (response, request) => {
    const mood = seeded.below(20);
    if (mood === 0) return void response.destroy();
    if (mood < 3) return void response.writeHead(500).end('not today');
    taken.add(String(request.headers['webhook-id']));
    response.writeHead(204).end();
  };
}

interface MessageCounts {
  /** Events that the endpoint asked for, and its messages. */
  readonly events: number;
  readonly messages: number;
  readonly delivered: number;
  readonly pending: number;
  /** Pending, with no job that would deliver them. */
  readonly lost: number;
}

describeWithRedis('own', 'three processes in a storm', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let client: pg.Client;
  let receiver: Receiver;

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = await TestRedis.start();
    receiver = await Receiver.open();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });

  /** What would go on for ever after a failure. */
  const ending: (() => Promise<void>)[] = [];

  afterAll(async () => {
    for (const end of ending) await end();
    await stopProcesses();
    await receiver?.close();
    await client?.end();
    await redis?.close();
    await database?.drop();
  });

  async function blockedNames(): Promise<string[]> {
    const { rows } = await client.query<{ line: string }>(BLOCKED_NAMES, ['example']);
    return rows.map(({ line }) => line).sort();
  }

  async function messageCounts(): Promise<MessageCounts> {
    const { rows } = await client.query<MessageCounts>(
      `select (select count(*)::int from event e
               where e.seq > w.after_seq and e.type = any ($1)) as events,
              (select count(*)::int from webhook_message) as messages,
              (select count(*)::int from webhook_message where status = 'delivered') as delivered,
              (select count(*)::int from webhook_message where status = 'pending') as pending,
              (select count(*)::int from webhook_message m
               where m.status = 'pending'
                 and not exists (select from job j
                                 where j.outcome is null and j.payload ->> 'messageId' = m.id::text)) as lost
       from webhook_endpoint w`,
      [MESSAGE_OF.map(([event]) => event)],
    );
    const [counts] = rows;
    if (counts === undefined) throw new Error('no endpoint');
    return counts;
  }

  /** Stops in the middle, and comes back empty. */
  async function redisTrouble(end: number): Promise<void> {
    const away = SECONDS * 1_000 * REDIS_AWAY;
    await pause(Math.max(0, end - Date.now() - away) / 2);
    await redis.down();
    await pause(away);
    await redis.up();
  }

  test(`${SECONDS} seconds of it lose nothing (seed ${SEED})`, async () => {
    const seeded = new Seeded(SEED);
    const known = new Acknowledged();
    const keys: Keys = await makeSite(database.url);
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      VIGIE_SECRET: SECRET,
      OUTBOUND_ALLOW: '127.0.0.0/8',
    };
    const begin = (service: ServiceProcess, life: string): Load =>
      new Load(service, keys, seeded, known, life, () => undefined);
    const first = await Seat.take('one', env, begin);
    const hook = { url: receiver.url(), events: ['*'] };
    const endpoint = await first.service.ask('POST', '/v1/webhook-endpoints', keys.secretKey, hook);
    expect(endpoint.status).toBe(201);
    const secret = String(endpoint.body['secret']);
    const taken = new Set<string>();
    receiver.answers(bad(seeded, taken));
    const seats = [
      first,
      ...(await Promise.all(['two', 'three'].map((name) => Seat.take(name, env, begin)))),
    ];
    const folders = seats.map((seat) => new FeedFolder(() => seat.service, keys.secretKey));
    ending.push(...folders.map((folder) => () => folder.stop()));
    const library = createClient({
      baseUrl: `http://127.0.0.1:${first.service.port}`,
      key: keys.secretKey,
    });
    ending.push(() => library.close());
    await library.start();

    const end = Date.now() + SECONDS * 1_000;
    const trouble = redisTrouble(end);
    const starting: Promise<void>[] = [];
    for (let next = Date.now(); next < end; next += KILL_EVERY_MS) {
      await pause(Math.max(0, next - Date.now()));
      const seat = seats[seeded.below(seats.length)];
      if (seat !== undefined) starting.push(seat.killAndStart(env));
    }
    await Promise.all(starting);
    await trouble;
    await Promise.all(seats.map((seat) => seat.quieten()));

    expect(seats.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThan(SECONDS / 8);
    expect(known.reports.size).toBeGreaterThan(SECONDS * 10);
    expect(known.decisions.size).toBeGreaterThan(0);
    expect(await broken(known, first.service, keys)).toEqual([]);
    expect(await runCommand(env, 'reconcile')).toMatchObject({ ok: true });
    for (const { service } of seats) {
      await indexEqualsTable(database.url, service, keys.secretKey, 'example');
    }
    const names = await blockedNames();
    expect(names.length).toBeGreaterThan(0);
    for (const folder of folders) {
      await until(() => folder.blocked.join() === names.join());
      expect(folder.wrong).toEqual([]);
      // Once at the beginning: a killed process' cursor goes on with the next one.
      expect(folder.lists).toBe(1);
    }
    const { rows: images } = await client.query<{ url: string; blocked: boolean }>(
      'select key as url, blocked from image',
    );
    await until(() => images.every(({ url, blocked }) => library.isBlocked(url) === blocked));

    let found: MessageCounts | undefined;
    await until(
      async () => {
        found = await messageCounts();
        return found.events === found.messages;
      },
      () => `one message for each event; found: ${JSON.stringify(found)}`,
    );
    // A first attempt of each has been made by then: what is pending has failed, and waits for its next one.
    await until(
      async () => (await firstAttemptsMissing()) === 0,
      () => 'an attempt of every message',
      60_000,
    );
    const counts = await messageCounts();
    expect(counts).toMatchObject({ lost: 0, messages: counts.delivered + counts.pending });
    expect(counts.delivered).toBeGreaterThan(counts.pending);
    expect(taken.size).toBeGreaterThanOrEqual(counts.delivered);
    for (const received of receiver.received) verified(received, secret);
  });

  async function firstAttemptsMissing(): Promise<number> {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from webhook_message where attempts = 0',
    );
    return rows[0]?.n ?? 0;
  }
});
