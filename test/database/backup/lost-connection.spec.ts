import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { type BackupHead, dumpTables } from '../../../src/database/backup/dump-tables.js';
import { loadTables } from '../../../src/database/backup/load-tables.js';
import { createTestDatabase } from '../../setup/test-database.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let other: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await database.drop();
});

/** Ends a connection while nothing is asked over it, and waits until whoever has it was told. */
async function cutOff(application: string): Promise<void> {
  const named = 'from pg_stat_activity where datname = current_database() and application_name = $1';
  const { rowCount } = await other.query(`select pg_terminate_backend(pid) ${named}`, [application]);
  expect(rowCount).toBe(1);
  while ((await other.query(`select ${named}`, [application])).rowCount !== 0) await turn();
  await turn();
  await turn();
}

async function drained(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) void chunk;
}

async function backupHead(): Promise<BackupHead> {
  let head: BackupHead | undefined;
  await dumpTables(database.url, {
    begin: (told) => {
      head = told;
      return Promise.resolve();
    },
    rows: drained,
  });
  if (head === undefined) throw new Error('no head');
  return head;
}

it('a backup whose connection is lost between two tables fails, and nothing more', async () => {
  const dump = dumpTables(database.url, { begin: () => cutOff('vigie backup'), rows: drained });
  await expect(dump).rejects.toThrow(/terminat|not queryable/i);
});

it('a restore whose connection is lost between two tables fails, and nothing more', async () => {
  const head = await backupHead();
  let isCut = false;
  const load = loadTables(database.url, head, async function* () {
    if (!isCut) await cutOff('vigie restore');
    isCut = true;
    yield* [];
  });
  await expect(load).rejects.toThrow(/terminat|not queryable/i);
});
