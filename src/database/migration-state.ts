import { MIGRATIONS } from './data-source.js';
import type { Tx } from './tx.js';

const hasTable = {
  name: 'find-migration-table',
  text: `select to_regclass('migration') is not null as present`,
};

const applied = {
  name: 'read-migrations',
  text: `select name from migration order by id`,
};

/** Migrations that the database lacks, and those that this code does not know (it is older than the database). */
export interface MigrationState {
  readonly pending: readonly string[];
  readonly unknown: readonly string[];
}

/** The names of the migrations that have run, in that order; none in an empty database. */
export async function appliedMigrations(db: Pick<Tx, 'query'>): Promise<string[]> {
  const [table] = await db.query<{ present: boolean }>(hasTable);
  const rows = table?.present === true ? await db.query<{ name: string }>(applied) : [];
  return rows.map(({ name }) => name);
}

export async function readMigrationState(db: Pick<Tx, 'query'>): Promise<MigrationState> {
  const done = await appliedMigrations(db);
  const known = MIGRATIONS.map(({ name }) => name);
  return {
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  };
}
