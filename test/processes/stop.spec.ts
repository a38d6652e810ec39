/** The service is told to stop while it has work: by SIGTERM, as a supervisor does, and by Ctrl-C. */
import pg from 'pg';
import { DataDir } from '../setup/data-dir.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { keysOfDemonstration, makeSite, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { Seeded, seedOfRun } from '../setup/seeded.js';
import { createTestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { Acknowledged, broken, Load } from './load.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

jest.setTimeout(120_000);

const SEED = seedOfRun();
const GENTLY = { code: 0, signal: null };

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  await stopProcesses();
  for (const clean of cleanUp.splice(0)) await clean();
});

async function newDatabase(): Promise<{ url: string; env: NodeJS.ProcessEnv }> {
  const database = await createTestDatabase();
  cleanUp.push(() => database.drop());
  return { url: database.url, env: { DATABASE_URL: database.url, VIGIE_SECRET: SECRET } };
}

function newDataDir(): DataDir {
  const data = new DataDir(memoryFolder());
  cleanUp.push(() => data.remove());
  return data;
}

test(`SIGTERM under load: answers what it accepted, sends the rest away, loses nothing acknowledged, and exits with 0 (seed ${SEED})`, async () => {
  const { url, env } = await newDatabase();
  const keys = await makeSite(url);
  const seeded = new Seeded(SEED);
  const known = new Acknowledged();
  for (let stop = 1; stop <= 3; stop += 1) {
    const service = await ServiceProcess.start(env);
    let left = 50 + seeded.below(300);
    const load = new Load(service, keys, seeded, known, `stop-${stop}`, () => {
      left -= 1;
      if (left === 0) service.kill('SIGTERM');
    });
    await load.over;
    expect(await service.exited).toEqual(GENTLY);
    expect(service.err).not.toMatch(/^ +at /m);
  }
  expect(known.reports.size).toBeGreaterThan(50);
  const service = await ServiceProcess.start(env);
  expect(await broken(known, service, keys)).toEqual([]);
});

test('SIGTERM with requests under way: each that reached the service is answered', async () => {
  const { url, env } = await newDatabase();
  const { secretKey } = await makeSite(url);
  const service = await ServiceProcess.start(env);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const image = { url: 'https://cdn.example.ma/held.jpg' };
  expect((await service.report(secretKey, image, 'first')).status).toBe(201);
  // The image's row is ours: reports on it wait, inside the service, for as long as we like.
  await client.query('begin');
  await client.query('select from image for update');
  const reports = Array.from({ length: 20 }, (_, n) => service.report(secretKey, image, `waiting-${n}`));
  await until(() => waits(url));
  service.kill('SIGTERM');
  await service.says('Stopping');
  await client.query('commit');
  const answers = await Promise.allSettled(reports);
  expect(await service.exited).toEqual(GENTLY);
  const recorded = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 201);
  const { rows } = await client.query<{ votes: number }>('select count(*)::int as votes from vote');
  await client.end();
  // Those of the first batch at least had reached it; nobody who was sent away was counted.
  expect(recorded.length).toBeGreaterThan(0);
  expect(rows[0]?.votes).toBe(1 + recorded.length);
  for (const answer of answers) {
    if (answer.status === 'fulfilled') expect([201, 503]).toContain(answer.value.status);
  }
});

/** Whether somebody waits for a row of this database. */
const waits = async (url: string): Promise<boolean> => (await rowsOf(url, LOCK_WAITS)).length > 0;

async function rowsOf(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('Ctrl-C under load stops the service and its Postgres, and loses nothing acknowledged', async () => {
  const data = newDataDir();
  const env = { DATA_DIR: data.folder };
  const service = await ServiceProcess.start(env);
  const keys = await keysOfDemonstration(service);
  const server = data.serverPid();
  expect(server).not.toBeNull();
  const known = new Acknowledged();
  let left = 100;
  const load = new Load(service, keys, new Seeded(SEED), known, 'interrupted', () => {
    left -= 1;
    if (left === 0) service.interruptGroup();
  });
  await load.over;
  expect(await service.exited).toEqual(GENTLY);
  expect(service.err).not.toMatch(/^ +at /m);
  expect(isAlive(server)).toBe(false);
  expect(data.serverPid()).toBeNull();

  const again = await ServiceProcess.start(env);
  expect(await broken(known, again, keys)).toEqual([]);
});

test('Ctrl-C while the first start makes its demonstration: it is made whole or not at all, and the keys of one that is are shown', async () => {
  const data = newDataDir();
  const service = await ServiceProcess.spawn({ DATA_DIR: data.folder });
  await service.says('Vigie answers at');
  service.interruptGroup();
  expect(await service.exited).toEqual(GENTLY);
  expect(service.err).not.toMatch(/^ +at /m);
  expect(data.serverPid()).toBeNull();

  const again = await ServiceProcess.start({ DATA_DIR: data.folder });
  const maker = service.out === '' ? again : service;
  await maker.says('Reader signing secret');
  expect([service.out, again.out].filter((out) => out !== '')).toHaveLength(1);
  // The last thing that the demonstration does.
  expect(await rowsOf(data.databaseUrl, 'select from image where protected')).toHaveLength(1);
});

test('a second Ctrl-C ends it at once, whatever is under way', async () => {
  const { url, env } = await newDatabase();
  const { secretKey } = await makeSite(url);
  const service = await ServiceProcess.start(env);
  const image = { url: 'https://cdn.example.ma/stuck.jpg' };
  expect((await service.report(secretKey, image, 'first')).status).toBe(201);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query('select from image for update');
  const stuck = Promise.allSettled([service.report(secretKey, image, 'second')]);
  await until(() => waits(url));
  service.interruptGroup();
  await service.says('Stopping');
  service.interruptGroup();
  expect(await service.exited).toEqual({ code: 1, signal: null });
  expect(await stuck).toMatchObject([{ status: 'rejected' }]);
  await client.end();
});

test('of two first starts at once one runs Postgres and the other adopts it; there is one demonstration', async () => {
  const data = newDataDir();
  const env = { DATA_DIR: data.folder };
  const starts = await Promise.all([ServiceProcess.start(env), ServiceProcess.start(env)]);
  await until(() => starts.some(({ out }) => out.includes('Reader signing secret')));
  const maker = starts.find(({ out }) => out.includes('Reader signing secret'));
  const { secretKey } = await keysOfDemonstration(maker ?? starts[0]);
  expect(await rowsOf(data.databaseUrl, 'select slug from site')).toEqual([{ slug: 'demo' }]);
  expect(starts.filter(({ out }) => out !== '')).toHaveLength(1);
  const image = { url: 'https://cdn.example.ma/both.jpg' };
  for (const [n, start] of starts.entries()) {
    expect((await start.report(secretKey, image, `reader-${n}`)).status).toBe(201);
    expect(start.over).toBe(false);
  }
  // Whoever goes first, what the other one is asked for is done.
  for (const start of starts) expect(await start.stop()).toEqual(GENTLY);
  expect(data.serverPid()).toBeNull();
});

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}
