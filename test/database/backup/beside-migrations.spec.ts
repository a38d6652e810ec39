import pg from 'pg';
import { DataSource } from 'typeorm';
import { type BackupHead, dumpTables } from '../../../src/database/backup/dump-tables.js';
import { loadTables } from '../../../src/database/backup/load-tables.js';
import { dataSourceOptions, MIGRATIONS } from '../../../src/database/data-source.js';
import { HeardClient } from '../../../src/database/heard-client.js';
import { migrate } from '../../../src/database/migrate.js';
import { LOCK_WAITS } from '../../setup/lock-waits.js';
import { createTestDatabase, type TestDatabase } from '../../setup/test-database.js';
import { until } from '../../setup/until.js';

let database: TestDatabase;
let other: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await database.drop();
});

/** The schema before the migration of that name. */
async function takeBack(name: string): Promise<void> {
  const at = MIGRATIONS.findIndex((migration) => migration.name.startsWith(name));
  const dataSource = await new DataSource(dataSourceOptions(database.url, 2)).initialize();
  for (let left = MIGRATIONS.length - at; left > 0; left -= 1)
    await dataSource.undoLastMigration({ transaction: 'each' });
  await dataSource.destroy();
}

const applied = async (): Promise<number> =>
  (await other.query<{ n: number }>('select count(*)::int as n from migration')).rows[0]?.n ?? 0;

const somebodyWaits = async (): Promise<boolean> => (await other.query(LOCK_WAITS)).rowCount !== 0;

/** A migration that is under way beside something else: what it said, and whether it is over. */
class Migrating {
  readonly told: string[] = [];
  readonly over: Promise<void>;
  isOver = false;

  constructor() {
    this.over = migrate(database.url, (line) => this.told.push(line)).then(() => {
      this.isOver = true;
    });
  }

  async waitsOrIsOver(): Promise<void> {
    await until(async () => this.isOver || (await somebodyWaits()));
  }
}

/** What a backup has of each table. */
class Backup {
  readonly told: string[] = [];
  readonly bytes = new Map<string, number>();
  head: BackupHead | undefined;

  /** @param meanwhile when its moment has come, and before its first table */
  async take(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const names: string[] = [];
    await dumpTables(
      database.url,
      {
        begin: (head) => {
          this.head = head;
          names.push(...head.tables.map(({ name }) => name));
          return meanwhile();
        },
        rows: async (chunks) => {
          const name = names.shift() ?? '';
          this.bytes.set(name, 0);
          for await (const chunk of chunks) this.bytes.set(name, (this.bytes.get(name) ?? 0) + chunk.length);
        },
      },
      (line) => this.told.push(line),
    );
  }
}

it('has the rows of a table that a migration is about to rewrite: it waits, says why, and keeps nobody from reading', async () => {
  await takeBack('Matches');
  await other.query(`
    insert into site (id, slug, name, origins, image_hosts, locale, time_zone, reasons) overriding system value
    values (1, 'x', 'x', '{}', '{}', 'fr', 'Africa/Casablanca', '{violence}');
    insert into image (site_id, id, key_kind, key, key_hash) overriding system value
    values (1, 1, 'id', 'a', decode(repeat('0', 32), 'hex'));
    insert into content_version (site_id, image_id, version) values (1, 1, 1);
    insert into content_bytes (site_id, image_id, version, sha256) values (1, 1, 1, decode(repeat('0', 64), 'hex'))`);
  const backup = new Backup();
  let migrating: Migrating | undefined;
  await backup.take(async () => {
    migrating = new Migrating();
    await migrating.waitsOrIsOver();
    await other.query(`set lock_timeout = '5s'`);
    await other.query('select from content_bytes limit 1');
  });
  expect(backup.bytes.get('content_bytes')).toBeGreaterThan(0);
  await migrating?.over;
  expect(migrating?.told).toEqual([expect.stringContaining('backup')]);
  expect(await applied()).toBe(MIGRATIONS.length);
});

it('lets a process start that finds nothing to migrate', async () => {
  await new Backup().take(async () => {
    const migrating = new Migrating();
    await migrating.over;
    expect(migrating.told).toEqual([]);
  });
});

it('is taken beside another one', async () => {
  const [one, two] = [new Backup(), new Backup()];
  await one.take(() => two.take());
  expect(two.told).toEqual([]);
  expect(two.bytes).toEqual(one.bytes);
});

it('waits for a migration, says so, and is of the schema after it', async () => {
  await takeBack('SaidAt');
  const reader = new HeardClient({ connectionString: database.url });
  await reader.connect();
  // The migration waits for whoever reads the table.
  await reader.query('begin; select from vote');
  const migrating = new Migrating();
  await until(async () => (await other.query(LOCK_WAITS)).rowCount === 1);
  const backup = new Backup();
  const taken = backup.take();
  await until(async () => (await other.query(LOCK_WAITS)).rowCount === 2);
  await reader.query('commit');
  await reader.end();
  await Promise.all([migrating.over, taken]);
  expect(backup.told).toEqual([expect.stringContaining('another process')]);
  expect(backup.head?.migrations).toHaveLength(MIGRATIONS.length);
});

it('is restored while a process that starts waits with what comes after its schema', async () => {
  await takeBack('SaidAt');
  const before = await applied();
  const backup = new Backup();
  await backup.take();
  const { head } = backup;
  if (head === undefined) throw new Error('no head');
  let migrating: Migrating | undefined;
  await loadTables(database.url, head, async function* () {
    migrating ??= new Migrating();
    await migrating.waitsOrIsOver();
    expect(await applied()).toBe(before);
    yield* [];
  });
  await migrating?.over;
  expect(migrating?.told).toEqual([expect.stringContaining('another process')]);
  expect(await applied()).toBe(MIGRATIONS.length);
});

it('fails when what keeps migrations off was lost meanwhile', async () => {
  const taking = new Backup().take(async () => {
    const { rows } = await other.query<{ pid: number }>(
      `select pg_terminate_backend(pid), pid from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(rows).toHaveLength(1);
  });
  await expect(taking).rejects.toThrow(/terminat|not queryable/i);
});
