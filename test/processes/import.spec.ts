/** An import beside a running service: killed in the middle, and what the service serves afterwards. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {
  type Keys,
  makeSite,
  runCommand,
  SECRET,
  ServiceProcess,
  spawnCommand,
  stopProcesses,
} from '../setup/process.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { LOCK_WAITS } from '../setup/lock-waits.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let env: NodeJS.ProcessEnv;
let keys: Keys;
let service: ServiceProcess;
let client: pg.Client;
/** Holds what an import waits for. */
let holder: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  env = { DATABASE_URL: database.url, VIGIE_SECRET: SECRET };
  keys = await makeSite(database.url);
  service = await ServiceProcess.start(env);
  client = new pg.Client({ connectionString: database.url });
  holder = new pg.Client({ connectionString: database.url });
  await Promise.all([client.connect(), holder.connect()]);
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-import-'));
});

afterAll(async () => {
  await Promise.all([client.end(), holder.end()]);
  await stopProcesses();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const LINES = 2_300;
const HELD = 'https://cdn.example.ma/held.jpg';

function file(name: string, lines: readonly object[]): string {
  const written = path.join(folder, name);
  writeFileSync(written, lines.map((line) => JSON.stringify(line)).join('\n'));
  return written;
}

async function one(statement: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(statement);
  return rows[0]?.n ?? 0;
}

const waiting = (): Promise<number> => one(`select count(*)::int as n from (${LOCK_WAITS}) as waiting`);

test.each(['reports', 'blocks'] as const)(
  'kill -9 in the middle of an import of %s, and the same command again: nothing is lost, and nothing is there twice',
  async (kind) => {
    const held = `${HELD}?${kind}`;
    await service.report(keys.secretKey, { url: held }, 'first');
    const lines = [...Array(LINES).keys()].map((n) => ({
      image: { url: n === 1_700 ? held : `https://cdn.example.ma/${kind}/${n % 900}.jpg` },
      reason: 'privacy',
      ...(kind === 'reports' ? { reporter: { account: `reader-${n}` } } : { note: String(n) }),
    }));
    const words = ['import', kind, '--site', 'example', file(`${kind}.ndjson`, lines)];
    // The row of an image in the fourth batch is ours: there the import waits, in the middle of a transaction.
    await holder.query('begin');
    await holder.query('select from image where url = $1 for update', [held]);
    const killed = spawnCommand(env, ...words);
    const ended = once(killed, 'exit');
    await until(
      async () => (await waiting()) === 1,
      () => 'an import that waits',
      60_000,
    );
    killed.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    await holder.query('commit');

    const again = await runCommand(env, ...words);
    expect(again).toMatchObject({ read: LINES, skipped: 1_500, imported: 800, alreadyThere: 0, badLines: 0 });
    if (kind === 'reports') expect(await one('select count(*)::int as n from vote')).toBe(LINES + 1);
    else {
      expect(await one(`select count(*)::int as n from event where type = 'block.added'`)).toBe(LINES);
      expect(await one(`select count(*)::int as n from block where source = 'publisher'`)).toBe(901);
    }
  },
);

test('a running service answers with the blocks that were imported, and with what their reports blocked', async () => {
  const blocks = [1, 2].map((n) => ({ image: { id: `photo-${n}` }, reason: 'privacy' }));
  const reports = [1, 2, 3, 4, 5].map((n) => ({
    image: { url: 'https://cdn.example.ma/many.jpg' },
    reason: 'hate',
    reporter: { account: `reader-${n}` },
    at: new Date(Date.now() - n * 3_600_000).toISOString(),
  }));
  await runCommand(env, 'import', 'blocks', '--site', 'example', file('few-blocks.ndjson', blocks));
  await runCommand(env, 'import', 'reports', '--site', 'example', file('few-reports.ndjson', reports));
  const images = [
    { id: 'photo-1' },
    { id: 'photo-2' },
    { url: 'https://cdn.example.ma/many.jpg' },
    { id: 'photo-3' },
  ];
  const seen = async (): Promise<unknown[]> => {
    const { body } = await service.ask('POST', '/v1/images/state', keys.secretKey, { images });
    return (body['states'] as { blocked: boolean }[]).map(({ blocked }) => blocked);
  };
  await until(async () => (await seen()).filter(Boolean).length === 3);
  expect(await seen()).toEqual([true, true, true, false]);
  expect(await runCommand(env, 'reconcile')).toMatchObject({ ok: true });
});
