/** Commands without DATABASE_URL: beside a service that runs the embedded Postgres, and without one. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { runCli } from '../../src/cli/run-cli.js';
import { until } from '../setup/until.js';
import { runCommand } from './start-cli.js';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'vigie-'));
  chmodSync(dataDir, 0o755);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

test('a command works without a service, and leaves no server behind', async () => {
  const made = await runCommand('site create --slug first --name First --json', { DATA_DIR: dataDir });
  expect(made).toMatchObject({ code: 0, told: [] });
  const again = await runCommand('site list --json', { DATA_DIR: dataDir });
  expect(again.json).toEqual({ sites: [made.json['site']] });
  const service = await startEmbeddedPostgres({ dataDir });
  expect(service.owner).toBe(true);
  await service.stop();
});

test('a command works beside a running service, whose Postgres it never takes down', async () => {
  const service = await startEmbeddedPostgres({ dataDir });
  const client = new pg.Client({ connectionString: service.url });
  await client.connect();
  try {
    for (const words of ['site create --slug beside --name Beside', 'site list', 'doctor', 'reconcile']) {
      const { code } = await runCommand(words, { DATA_DIR: dataDir, PORT: '1' });
      expect({ words, code }).toEqual({ words, code: 0 });
    }
    expect((await client.query('select slug from site order by id')).rows).toEqual([
      { slug: 'first' },
      { slug: 'beside' },
    ]);
    expect(service.owner).toBe(true);
  } finally {
    await client.end();
    await service.stop();
  }
  expect(await answers(service.url)).toBe(false);
});

/** An import that goes on until its input ends. */
function importing() {
  const input = new PassThrough();
  const told: string[] = [];
  const ended = runCli(['import', 'blocks', '--site', 'first', '-'], {
    env: { DATA_DIR: dataDir },
    print: () => undefined,
    tell: (line) => told.push(line),
    input: () => input,
    terminal: null,
    exitCode: 0,
  });
  return { input, told, ended };
}

/** Whether a command works on a server that another process started. */
async function isCommandBeside(client: pg.Client): Promise<boolean> {
  const found = await client.query(`select from pg_stat_activity where application_name = 'vigie command'`);
  return found.rowCount === 1;
}

test('a service that stops lets a command end that works beside it', async () => {
  const told: string[] = [];
  const service = await startEmbeddedPostgres({ dataDir, log: (line) => told.push(line) });
  const command = importing();
  const client = new pg.Client({ connectionString: service.url });
  await client.connect();
  await until(() => isCommandBeside(client)).finally(() => client.end());
  const stopped = service.stop();
  await until(() => told.some((line) => line.includes('waiting for its end')));
  command.input.end('{"image":{"id":"photo-8"},"reason":"privacy"}\n');
  expect(await command.ended).toBe(0);
  await stopped;
  expect(command.told).toEqual([]);
  expect(await answers(service.url)).toBe(false);
});

test('a service that stops waits for no command that does not end soon', async () => {
  const service = await startEmbeddedPostgres({ dataDir, commandsEndWithin: 200 });
  const command = importing();
  const client = new pg.Client({ connectionString: service.url });
  await client.connect();
  await until(() => isCommandBeside(client)).finally(() => client.end());
  await service.stop();
  command.input.end();
  await command.ended;
  expect(await answers(service.url)).toBe(false);
});

test('commands work beside each other, and the one whose Postgres it is waits for the others', async () => {
  const before = await startEmbeddedPostgres({ dataDir });
  const { url } = before;
  await before.stop();
  const owner = importing();
  await until(() => answers(url));
  const other = importing();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await until(() => isCommandBeside(client));
    owner.input.end();
    await until(() => owner.told.some((line) => line.includes('waiting for its end')));
  } finally {
    await client.end();
  }
  other.input.end('{"image":{"id":"photo-7"},"reason":"privacy"}\n');
  expect(await Promise.all([other.ended, owner.ended])).toEqual([0, 0]);
  expect(other.told).toEqual([]);
  expect(await answers(url)).toBe(false);
});
