import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import { readMigrationState } from './migration-state.js';
import { isTransient } from './postgres-errors.js';
import { changingSchema } from './schema-lock.js';
import { readServerFacts } from './statements/server/server-facts.js';
import { OLDEST_POSTGRES, unfitSettings } from './unfit-settings.js';

/**
 * So often a migration is begun again whose tables were asked for in another order by a process that still serves: Postgres ends
 * one of the two, and whoever is served has begun again by then. Each time the other one is done.
 */
const MOST_TRIES = 20;

/** Vigie can not work on this database: its Postgres is too old or set in a way that does not fit, or a newer Vigie has migrated it. */
export class DatabaseNotSupportedError extends Error {
  override readonly name = 'DatabaseNotSupportedError';
}

/**
 * Brings the schema up to date, each migration in its own transaction, under a lock: processes that start at once migrate one
 * after the other, and not while a backup is taken. One that finds nothing to do waits for nobody.
 *
 * @param tell is told for what it waits
 * @throws DatabaseNotSupportedError when Postgres is too old or unfit (unfit-settings.ts), and when the database knows a migration that this code
 *   does not: older code would write rows that the newer schema does not expect, so it must not start.
 */
export async function migrate(url: string, tell: (line: string) => void = () => undefined): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(url, 2)).initialize();
  try {
    await refuseUnfit(dataSource);
    if (!(await isBehind(dataSource))) return;
    await changingSchema(url, tell, async () => {
      // Whoever was waited for may have been a newer version.
      if (await isBehind(dataSource)) await runAll(dataSource);
    });
  } finally {
    await dataSource.destroy();
  }
}

async function runAll(dataSource: DataSource): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await dataSource.runMigrations({ transaction: 'each' });
      return;
    } catch (error) {
      if (tries === MOST_TRIES || !isTransient(error)) throw error;
    }
  }
}

async function refuseUnfit(dataSource: DataSource): Promise<void> {
  const facts = await readServerFacts(new Database(dataSource, { namedStatements: false }));
  if (facts.major < OLDEST_POSTGRES) {
    throw new DatabaseNotSupportedError(
      `This Postgres is too old (${facts.major}): Vigie needs version ${OLDEST_POSTGRES} or later.`,
    );
  }
  const unfit = unfitSettings(facts);
  if (unfit !== null) throw new DatabaseNotSupportedError(unfit);
}

/** Refuses a database that is ahead. */
async function isBehind(dataSource: DataSource): Promise<boolean> {
  const { pending, unknown } = await readMigrationState(new Database(dataSource, { namedStatements: false }));
  if (unknown.length > 0) {
    throw new DatabaseNotSupportedError(
      `This database was migrated by a newer Vigie (${unknown.join(', ')}). Start that version, or a newer one.`,
    );
  }
  return pending.length > 0;
}
