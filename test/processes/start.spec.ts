/** What a start says to whoever starts it, where it can't work, and what a first start shows. */
import { createServer } from 'node:net';
import pg from 'pg';
import { DataDir } from '../setup/data-dir.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { freePort } from '../setup/free-port.js';
import { type Exit, keysOfDemonstration, SECRET, ServiceProcess, stopProcesses } from '../setup/process.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  database = await createTestDatabase();
  env = { DATABASE_URL: database.url, VIGIE_SECRET: SECRET };
});

afterEach(async () => {
  await stopProcesses();
  await database.drop();
});

/** A start that does not come to anything. Nothing but sentences is said, none of them a defect's. */
async function failedStart(settings: NodeJS.ProcessEnv): Promise<{ exit: Exit; said: string }> {
  const service = await ServiceProcess.spawn(settings);
  const exit = await service.exited;
  expect(service.out).toBe('');
  expect(service.err).not.toMatch(/^ +at |Error:/m);
  return { exit, said: service.err.trim() };
}

const FAILED = { code: 1, signal: null };

test('wrong settings are named all at once, in one message', async () => {
  const { exit, said } = await failedStart({
    NODE_ENV: 'production',
    PORT: '70000',
    LEASE_SECONDS: '0',
    VIGIE_SECRET: 'short and secret',
    DATABASE_URL: 'ftp://example.ma/vigie',
    TRUST_PROXY: 'true',
    RATE_LIMITS: 'off',
  });
  expect(exit).toEqual(FAILED);
  const [first, ...problems] = said.split('\n');
  expect(first).toBe('6 settings are wrong:');
  for (const name of [
    'PORT',
    'LEASE_SECONDS',
    'VIGIE_SECRET',
    'DATABASE_URL',
    'TRUST_PROXY',
    'RATE_LIMITS',
  ]) {
    expect(problems.filter((problem) => problem.startsWith(`  - ${name}`))).toHaveLength(1);
  }
  expect(problems).toHaveLength(6);
  expect(said).not.toContain('short and secret');
});

test.each(['--help', '-h'])('%s tells how it is started, and starts nothing', async (word) => {
  const service = await ServiceProcess.spawn(env, word);
  expect(await service.exited).toEqual({ code: 0, signal: null });
  expect(service.err).toBe('');
  for (const named of ['npm start', 'config/default.yaml', 'npm run cli -- --help'])
    expect(service.out).toContain(named);
});

test.each([[['--port', '8080']], [['serve']], [['--help', 'me']]])(
  'words that it does not know, %j, are refused, and nothing is started',
  async (words) => {
    const service = await ServiceProcess.spawn(env, ...words);
    expect(await service.exited).toEqual({ code: 2, signal: null });
    expect(service.out).toBe('');
    expect(service.err).toBe(`A start takes no "${words.join(' ')}": --help says where settings are made.\n`);
  },
);

test('a port that is taken is named, and the Postgres that was started goes again', async () => {
  const other = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const data = new DataDir(memoryFolder());
  try {
    const { exit, said } = await failedStart({ DATA_DIR: data.folder, PORT: String(port) });
    expect(exit).toEqual(FAILED);
    expect(said).toBe(`Port ${port} is taken by another program: stop it, or set PORT.`);
    expect(data.serverPid()).toBeNull();
  } finally {
    other.close();
    data.remove();
  }
});

test('an address that is not of this machine is named', async () => {
  // For documentation (RFC 5737): nobody's.
  const { exit, said } = await failedStart({ ...env, HOST: '203.0.113.1' });
  expect(exit).toEqual(FAILED);
  expect(said).toContain('203.0.113.1');
  expect(said).toContain('HOST');
});

describe('a database that can not be used is named by its setting, without its password', () => {
  const withDatabase = (change: (url: URL) => void): NodeJS.ProcessEnv => {
    const url = new URL(database.url);
    url.password = 'not-to-be-shown';
    change(url);
    return { ...env, DATABASE_URL: url.href };
  };

  test.each<[string, (url: URL) => void]>([
    ['nobody listens', (url) => void ((url.search = ''), (url.host = '127.0.0.1:1'))],
    ['nobody listens, by name', (url) => void ((url.search = ''), (url.host = 'localhost:1'))],
    ['no such host', (url) => void ((url.search = ''), (url.hostname = 'nowhere.invalid'))],
    ['no such database', (url) => void (url.pathname = '/not_there')],
    ['no such user', (url) => void (url.username = 'nobody_at_all')],
  ])('%s', async (_, change) => {
    const { exit, said } = await failedStart(withDatabase(change));
    expect(exit).toEqual(FAILED);
    expect(said).toContain('DATABASE_URL');
    expect(said).not.toContain('()');
    expect(said).not.toContain('not-to-be-shown');
    expect(said.split('\n')).toHaveLength(1);
  });
});

test('another secret than the one of the database is refused', async () => {
  expect(await (await ServiceProcess.start(env)).stop()).toEqual({ code: 0, signal: null });
  const other = 'another secret of the tests, as long as the first';
  const { exit, said } = await failedStart({ ...env, VIGIE_SECRET: other });
  expect(exit).toEqual(FAILED);
  expect(said).toMatch(/^This database was filled under another secret\. Set VIGIE_SECRET /);
  expect(said).not.toContain(other);
});

test('a database that a newer Vigie has migrated is refused', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `insert into migration (timestamp, name) values (99999999999999, 'FromTheFuture99999999999999')`,
  );
  await client.end();
  const { exit, said } = await failedStart(env);
  expect(exit).toEqual(FAILED);
  expect(said).toMatch(/^This database was migrated by a newer Vigie \(FromTheFuture99999999999999\)\. /);
});

test('the first start shows the demonstration and its keys, once; no later start does', async () => {
  const first = await ServiceProcess.start(env);
  const keys = await keysOfDemonstration(first);
  expect(first.out.match(/Secret key/g)).toHaveLength(1);
  expect(first.out).toMatch(/Console +http:\S+\/console\n +Its login +\S+@\S+ +password (\w{5}-){3}\w{5}\n/);
  const image = { url: 'https://cdn.example.ma/1.jpg' };
  expect((await first.report(keys.secretKey, image, 'reader')).status).toBe(201);
  expect((await first.ask('GET', '/v1/cases?site=demo', keys.staffToken)).status).toBe(200);
  await first.stop();

  const second = await ServiceProcess.start(env);
  expect((await second.report(keys.secretKey, image, 'reader')).status).toBe(200);
  await second.stop();
  expect(second.out).toBe('');
  for (const { err } of [first, second]) expect(err).not.toContain('vg_');
});

test('in production there is no demonstration', async () => {
  const service = await ServiceProcess.start({ ...env, NODE_ENV: 'production' });
  expect((await service.ask('GET', '/demo/pictures/1.webp')).status).toBe(404);
  await service.stop();
  expect(service.out).toBe('');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  expect((await client.query('select from site')).rowCount).toBe(0);
  await client.end();
});
