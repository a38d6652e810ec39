/** Two processes of the service on one database, and many readers at once. */
import pg from 'pg';
import { makeSite, runCommand, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { indexEqualsTable } from './index-equals-table.js';

jest.setTimeout(120_000);

const ROUNDS = 20;
const READERS = 200;
/** Of the default rule. */
const THRESHOLD = 5;

let database: TestDatabase;
let env: NodeJS.ProcessEnv;
let client: pg.Client;
let services: ServiceProcess[];
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  env = { DATABASE_URL: database.url, VIGIE_SECRET: SECRET };
  ({ secretKey: key } = await makeSite(database.url));
  services = await Promise.all([ServiceProcess.start(env), ServiceProcess.start(env)]);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // More images cross here than an hour lets through, and each reader reports more of them than count.
  await setBreaker(null);
  await client.query(`update threshold_rule set rule = rule || '{"reporterBudget": null}'`);
});

afterAll(async () => {
  await stopProcesses();
  await client?.end();
  await database?.drop();
});

const setBreaker = (breaker: { perHour: number; factor: number } | null): Promise<unknown> =>
  client.query(`update threshold_rule set rule = rule || jsonb_build_object('breaker', $1::jsonb)`, [
    JSON.stringify(breaker),
  ]);

const serviceOf = (n: number): ServiceProcess => {
  const service = services[n % services.length];
  if (service === undefined) throw new Error('no service runs');
  return service;
};
const imageAt = (name: string): { url: string } => ({ url: `https://cdn.example.ma/${name}.jpg` });

/** What a crossing left behind. */
interface Aftermath {
  readonly votes: number;
  readonly tally: number;
  readonly blocks: number;
  readonly cases: number;
  readonly blocked_events: number;
  readonly opened_events: number;
  readonly version: number;
}

async function aftermath(url: string): Promise<Aftermath | undefined> {
  const { rows } = await client.query<Aftermath>(
    `select (select count(*)::int from vote v where v.image_id = i.id)                              as votes,
            (select sum(n::int)::int from jsonb_each_text(i.tally) as t (reasons, n))                as tally,
            (select count(*)::int from block b where b.image_id = i.id)                             as blocks,
            (select count(*)::int from moderation_case c where c.image_id = i.id)                   as cases,
            (select count(*)::int from event e where e.image_id = i.id and e.type = 'image.blocked') as blocked_events,
            (select count(*)::int from event e where e.image_id = i.id and e.type = 'case.opened')   as opened_events,
            i.version
     from image i where i.key = $1`,
    [url],
  );
  return rows[0];
}

async function isBlockedEverywhere(image: { url: string }): Promise<void> {
  const address = `/v1/images/state?${new URLSearchParams(image).toString()}`;
  for (const service of services) {
    await until(
      async () => (await service.ask('GET', address, key)).body['blocked'] === true,
      () => `both processes to serve the block of ${image.url}`,
    );
  }
}

test(`behaviour 22 on two processes: ${READERS} parallel reporters at the threshold, ${ROUNDS} times: one block, one event, one case each time`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const image = imageAt(`hot-${round}`);
    // From nothing, and with one vote missing.
    const before = round % 2 === 0 ? 0 : THRESHOLD - 1;
    for (let n = 0; n < before; n += 1) {
      expect((await serviceOf(n).report(key, image, `early-${n}`)).status).toBe(201);
    }
    const answers = await Promise.all(
      Array.from({ length: READERS }, (_, n) => serviceOf(n).report(key, image, `reader-${n}`)),
    );
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(await aftermath(image.url)).toEqual({
      votes: READERS + before,
      tally: READERS + before,
      blocks: 1,
      cases: 1,
      blocked_events: 1,
      opened_events: 1,
      version: 1,
    });
    const blocked = answers.map(({ body }) => body['image'] as { blocked: boolean; version?: number });
    expect(blocked.some((state) => state.blocked)).toBe(true);
    expect(blocked.every((state) => !state.blocked || state.version === 1)).toBe(true);
    await isBlockedEverywhere(image);
  }
});

test('many readers report the same images in every order, through two processes: nobody is refused', async () => {
  const images = Array.from({ length: 50 }, (_, n) => imageAt(`many-${n}`));
  // Each reader goes through all images, in a direction and from a place of their own.
  const readers = Array.from({ length: 40 }, (_, n) => {
    const turned = [...images.slice((n * 7) % 50), ...images.slice(0, (n * 7) % 50)];
    return { service: serviceOf(n), account: `walker-${n}`, images: n % 4 < 2 ? turned : turned.reverse() };
  });
  // Step by step, so that what is under way at a time, and shares a batch, is of many readers.
  const answers = await Promise.all(
    images.flatMap((_, step) =>
      readers.map(({ service, account, images: order }) => service.report(key, order[step] ?? {}, account)),
    ),
  );
  expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
  for (const image of images) {
    expect(await aftermath(image.url)).toMatchObject({ votes: 40, tally: 40, blocks: 1, blocked_events: 1 });
    await isBlockedEverywhere(image);
  }
});

test('behaviour 31b: two processes let exactly as many automatic blocks through as an hour has room for', async () => {
  const { rows } = await client.query<{ blocks: number }>(
    `select count(*)::int as blocks from event where type = 'image.blocked'`,
  );
  const room = 5;
  await setBreaker({ perHour: (rows[0]?.blocks ?? 0) + room, factor: 1 });
  const images = Array.from({ length: 40 }, (_, n) => imageAt(`breaker-${n}`));
  await Promise.all(
    images.flatMap((image, n) =>
      Array.from({ length: THRESHOLD }, (_, reader) =>
        serviceOf(n + reader).report(key, image, `breaker-${reader}`),
      ),
    ),
  );
  const { rows: after } = await client.query(
    `select (select count(*)::int from image where blocked and key like '%/breaker-%') as blocked,
            (select count(*)::int from moderation_case where held) as held,
            (select count(*)::int from event where type = 'case.held') as told,
            (select count(*)::int from event where type = 'site.breaker') as alerts`,
  );
  expect(after).toEqual([{ blocked: room, held: 40 - room, told: 40 - room, alerts: 1 }]);
  await setBreaker(null);
});

test('nobody met a deadlock so far: all lock in the same order', async () => {
  const { rows } = await client.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  expect(rows).toEqual([{ deadlocks: '0' }]);
});

test('a site binds addresses to its ids while they are reported, through two processes: nobody is refused, no vote is lost', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `photo-${n}`);
  const urlsOf = (id: string) => [imageAt(`${id}-small`).url, imageAt(`${id}-large`).url];
  const readers = Array.from({ length: 30 }, (_, n) => `binder-${n}`);
  const answers = await Promise.all(
    readers.flatMap((reader, n) =>
      ids.flatMap((_, m) => {
        const id = ids[(m * 3 + n * 7) % ids.length] ?? '';
        const [small = '', large = ''] = urlsOf(id);
        const image = [{ url: small }, { url: large }, { id, url: small }, { id, url: large }][n % 4] ?? {
          id,
        };
        const report = serviceOf(n + m).report(key, image, reader);
        if (n % 5 !== 0) return [report];
        const urls = n % 2 === 0 ? [small, large] : [large, small];
        return [report, serviceOf(n + m + 1).ask('PUT', '/v1/images/addresses', key, { id, urls })];
      }),
    ),
  );
  expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
  for (const id of ids) expect(await aftermath(id)).toMatchObject({ votes: 30, tally: 30, blocks: 1 });
  for (const service of services) await indexEqualsTable(database.url, service, key, 'example');
  expect(await runCommand(env, 'reconcile')).toMatchObject({ ok: true });
});
