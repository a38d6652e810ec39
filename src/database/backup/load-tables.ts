import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { dataSourceOptions, MIGRATIONS } from '../data-source.js';
import { Database } from '../database.js';
import { HeardClient } from '../heard-client.js';
import { DatabaseNotSupportedError } from '../migrate.js';
import { appliedMigrations } from '../migration-state.js';
import { changingSchema } from '../schema-lock.js';
import { skipMessageNumbers } from '../statements/log/feed-epoch.js';
import type { BackupTable } from './backup-tables.js';
import type { BackupHead } from './dump-tables.js';

/** There is something in the database that a restore would overwrite. */
export class DatabaseNotEmptyError extends Error {
  override readonly name = 'DatabaseNotEmptyError';
}

/** What a new installation has by itself. */
const OF_THE_SCHEMA = ['migration', 'installation', 'feed_epoch', 'webhook_cursor'];

/**
 * Fills an empty database with a backup, all of it or nothing: under the schema that the backup has, so that an older one is
 * then migrated like any other, and by nobody before all is in. Cursors of the change feed that were given out before are refused
 * from then on.
 *
 * @param rows those of the next table of the head, as `copy` wrote them
 * @param check is given what the backup holds by which its secret is known, if anything, as soon as that is in; what it throws ends all
 * @param tell is told for what it waits
 * @throws DatabaseNotSupportedError for a backup of a newer Vigie, DatabaseNotEmptyError
 */
export const loadTables = (
  url: string,
  head: BackupHead,
  rows: (table: BackupTable) => AsyncIterable<Buffer>,
  check: (secretCheck: Buffer) => void = () => undefined,
  tell: (line: string) => void = () => undefined,
): Promise<void> =>
  changingSchema(url, tell, async () => {
    await makeSchema(url, head.migrations);
    await fill(url, head, rows, check);
  });

async function fill(
  url: string,
  head: BackupHead,
  rows: (table: BackupTable) => AsyncIterable<Buffer>,
  check: (secretCheck: Buffer) => void,
): Promise<void> {
  const client = new HeardClient({ connectionString: url, application_name: 'vigie restore' });
  await client.connect();
  try {
    await client.query('begin');
    await refuseFilled(client, head.tables);
    const names = head.tables.map(({ name }) => client.escapeIdentifier(name));
    // They say of rows when they came about: these came about before.
    for (const name of names) await client.query(`alter table ${name} disable trigger user`);
    for (const table of head.tables) {
      const name = client.escapeIdentifier(table.name);
      // Written by the migrations just now.
      if (table.name === 'migration') {
        for await (const chunk of rows(table)) void chunk;
        continue;
      }
      if (OF_THE_SCHEMA.includes(table.name)) await client.query(`delete from ${name}`);
      const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
      await pipeline(rows(table), client.query(copyFrom(`copy ${name} (${columns}) from stdin`)));
      if (table.name === 'installation') await checkSecret(client, check);
    }
    for (const name of names) await client.query(`alter table ${name} enable trigger user`);
    for (const { table, column, last } of head.counters) {
      if (last !== null) {
        await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint)', [
          table,
          column,
          last,
        ]);
      }
    }
    await client.query(
      `update feed_epoch
       set epoch = gen_random_uuid(), cause = 'operator', system_identifier = null, timeline = null,
           database_oid = null, began_at = clock_timestamp()`,
    );
    await client.query(skipMessageNumbers.text);
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

async function makeSchema(url: string, wanted: readonly string[]): Promise<void> {
  const known = MIGRATIONS.filter(({ name }) => wanted.includes(name));
  if (known.length < wanted.length) {
    throw new DatabaseNotSupportedError(
      'This backup is of a newer Vigie: restore it with that version, or a newer one.',
    );
  }
  const dataSource = await new DataSource({ ...dataSourceOptions(url, 2), migrations: known }).initialize();
  try {
    const done = await appliedMigrations(new Database(dataSource, { namedStatements: false }));
    if (done.some((name) => !wanted.includes(name))) {
      throw new DatabaseNotEmptyError(
        'This database has a newer schema than the backup: restore into an empty database, which is migrated afterwards.',
      );
    }
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}

async function checkSecret(client: pg.Client, check: (secretCheck: Buffer) => void): Promise<void> {
  const { rows } = await client.query<{ secretCheck: Buffer }>(
    `select secret_check as "secretCheck" from installation`,
  );
  for (const { secretCheck } of rows) check(secretCheck);
}

async function refuseFilled(client: pg.Client, tables: readonly BackupTable[]): Promise<void> {
  for (const { name } of tables) {
    if (OF_THE_SCHEMA.includes(name)) continue;
    const { rowCount } = await client.query(`select from ${client.escapeIdentifier(name)} limit 1`);
    if ((rowCount ?? 0) > 0) {
      throw new DatabaseNotEmptyError(
        `There is something in this database (${name}): restore into an empty one, or into a new DATA_DIR.`,
      );
    }
  }
}
