import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { type BackupHead, dumpTables } from '../../../src/database/backup/dump-tables.js';
import { loadTables } from '../../../src/database/backup/load-tables.js';
import { createTestDatabase, type TestDatabase } from '../../setup/test-database.js';

let from: TestDatabase;
let to: TestDatabase;

beforeEach(async () => {
  [from, to] = [await createTestDatabase(), await createTestDatabase()];
});
afterEach(async () => {
  await from.drop();
  await to.drop();
});

async function asked(database: TestDatabase, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const VERDICTS = 'select judged_at, known_at from content_version';

it('a restored verdict has the time at which somebody said it, and what is said afterwards has its own', async () => {
  await asked(
    from,
    `insert into site (id, slug, name, origins, image_hosts, locale, time_zone, reasons) overriding system value
     values (1, 'x', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
     insert into image (site_id, id, key_kind, key, key_hash) overriding system value
     values (1, 1, 'id', 'a', decode(repeat('0', 32), 'hex'));
     insert into content_version (site_id, image_id, version, verdict, reason) values (1, 1, 1, 'block', 'violence');
     insert into content_bytes (site_id, image_id, version, sha256) values (1, 1, 1, decode(repeat('0', 64), 'hex'));
     update content_version set judged_at = '2020-01-01', known_at = '2020-01-01'`,
  );
  const said = await asked(from, VERDICTS);
  let head: BackupHead | undefined;
  const tables: Buffer[] = [];
  await dumpTables(from.url, {
    begin: (given) => {
      head = given;
      return Promise.resolve();
    },
    rows: async (chunks) => void tables.push(await buffer(chunks)),
  });
  if (head === undefined) throw new Error('no head');
  await loadTables(to.url, head, () => Readable.from([tables.shift() ?? Buffer.alloc(0)]));
  expect(said).toMatchObject([{ judged_at: new Date('2020-01-01T00:00:00Z') }]);
  expect(await asked(to, VERDICTS)).toEqual(said);
  await asked(to, `update content_version set reason = 'hate'`);
  expect(await asked(to, VERDICTS)).not.toEqual(said);
});
