import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { projectRoot } from '../../src/config/project-root.js';
import { dataSourceOptions, MIGRATIONS } from '../../src/database/data-source.js';
import { DatabaseNotSupportedError, migrate } from '../../src/database/migrate.js';
import { until } from '../setup/until.js';

/** An empty database; those of the other tests are migrated. */
let url: string;

beforeEach(async () => {
  const server = process.env['VIGIE_TEST_POSTGRES'] ?? '';
  const name = `vigie_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await ask(server, `create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  url = address.href;
});

afterEach(async () => {
  const name = new URL(url).pathname.slice(1);
  await ask(process.env['VIGIE_TEST_POSTGRES'] ?? '', `drop database ${name} with (force)`);
});

async function ask<Row extends object>(server: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Everything that migrations make, each as one line; nothing of what Postgres numbers as it comes. */
async function schema(): Promise<string[]> {
  const rows = await ask<{ line: string }>(
    url,
    `select format('%s %s.%s', c.relkind, c.relname, a.attname)
              || format(' %s %s %s %s', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                        pg_get_expr(d.adbin, d.adrelid)) as line
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
     union all
     select format('options of %s: %s', c.relname, c.reloptions)
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.reloptions is not null
     union all
     select format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
       from pg_constraint where connamespace = 'public'::regnamespace
     union all
     select format('index %s', indexdef) from pg_indexes where schemaname = 'public'
     union all
     select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
     union all
     select format('function %s', pg_get_functiondef(oid))
       from pg_proc where pronamespace = 'public'::regnamespace
     union all
     select format('type %s', typname)
       from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
     order by 1`,
  );
  return rows.map(({ line }) => line);
}

/** All of TypeORM's own bookkeeping. */
const isBookkeeping = (line: string): boolean => /\bmigration(_id_seq)?\b|"PK_/.test(line);

async function takeBackAll(): Promise<void> {
  await takeBack(MIGRATIONS.length);
}

/** The last so many. */
async function takeBack(count: number): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(url, 2)).initialize();
  try {
    for (let left = count; left > 0; left -= 1) {
      await dataSource.undoLastMigration({ transaction: 'each' });
    }
  } finally {
    await dataSource.destroy();
  }
}

test('migrations run, taken back and run again make what they make in a fresh database', async () => {
  await migrate(url);
  const fresh = await schema();
  expect(fresh.length).toBeGreaterThan(100);
  await takeBackAll();
  await migrate(url);
  expect(await schema()).toEqual(fresh);
});

test('taking all migrations back leaves nothing behind', async () => {
  await migrate(url);
  await takeBackAll();
  expect((await schema()).filter((line) => !isBookkeeping(line))).toEqual([]);
  expect(await ask(url, 'select name from migration')).toEqual([]);
});

test('a migration that was run is not run again', async () => {
  await migrate(url);
  const before = await ask(url, 'select * from migration order by id');
  await migrate(url);
  expect(await ask(url, 'select * from migration order by id')).toEqual(before);
  expect(before).toHaveLength(MIGRATIONS.length);
});

test('two processes may migrate at once', async () => {
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(await ask(url, 'select name from migration order by id')).toEqual(
    MIGRATIONS.map(({ name }) => ({ name })),
  );
});

test('a migration is run again that asked for tables in another order than somebody who is served', async () => {
  await migrate(url);
  // Of readers that are forgotten: it changes votes first and images then.
  const at = MIGRATIONS.findIndex(({ name }) => name.startsWith('ForgettingReaders'));
  await takeBack(MIGRATIONS.length - at);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    // It is the migration that Postgres ends.
    await client.query(`set local deadlock_timeout = '1min'`);
    await client.query('select from image');
    const migrating = migrate(url);
    await until(async () => {
      const waits = await ask(url, `select from pg_locks where relation = 'image'::regclass and not granted`);
      return waits.length > 0;
    });
    await client.query('select from vote');
    await client.query('commit');
    await migrating;
  } finally {
    await client.end();
  }
  expect(await ask(url, 'select name from migration order by id')).toEqual(
    MIGRATIONS.map(({ name }) => ({ name })),
  );
});

test('a database that a newer Vigie has migrated is refused, and left as it is', async () => {
  await migrate(url);
  await ask(
    url,
    `insert into migration (timestamp, name) values (99999999999999, 'FromTheFuture99999999999999')`,
  );
  const before = await schema();
  await expect(migrate(url)).rejects.toThrow(DatabaseNotSupportedError);
  await expect(migrate(url)).rejects.toThrow(/FromTheFuture99999999999999/);
  expect(await schema()).toEqual(before);
});

test.each([
  [
    'encoding',
    `encoding 'SQL_ASCII' locale 'C'`,
    '',
    /encoded as SQL_ASCII.*encoding 'UTF8' template template0/,
  ],
  [
    'style of times',
    '',
    `alter database %I set DateStyle = 'German'`,
    /"German, DMY", .* set DateStyle = 'ISO'"/,
  ],
  [
    'isolation',
    '',
    `alter database %I set default_transaction_isolation = 'repeatable read'`,
    /"repeatable read", .* set default_transaction_isolation = 'read committed'"/,
  ],
])('a database of another %s is refused with what to do, and left as it is', async (_, made, set, says) => {
  const server = process.env['VIGIE_TEST_POSTGRES'] ?? '';
  const name = new URL(url).pathname.slice(1);
  await ask(server, `drop database ${name}`);
  await ask(server, `create database ${name} template template0 ${made}`);
  if (set !== '') await ask(server, set.replace('%I', name));
  const before = await schema();
  const error = await migrate(url).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseNotSupportedError);
  expect((error as Error).message).toMatch(says);
  expect(await schema()).toEqual(before);
});

test('every file of migrations/ is run', () => {
  const files = readdirSync(path.join(projectRoot(), 'migrations'));
  expect(files).toHaveLength(MIGRATIONS.length);
});

test('the names of migrations say when they were made, in the order in which they run', () => {
  const times = MIGRATIONS.map(({ name }) => Number(/\d{14}$/.exec(name)?.[0]));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.every((time) => time > 0)).toBe(true);
});
