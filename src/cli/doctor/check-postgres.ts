import { checkInstallation, WrongSecretError } from '../../access/sealing/installation.js';
import { adviseFirstAdmin } from '../../accounts/first-admin.js';
import type { VigieConfig } from '../../config/load-config.js';
import { loadSecret } from '../../config/secret.js';
import type { Database } from '../../database/database.js';
import { OLDEST_POSTGRES, unfitSettings } from '../../database/unfit-settings.js';
import { readMigrationState } from '../../database/migration-state.js';
import { anySite } from '../../database/statements/sites/any-site.js';
import { hasSecretCheck } from '../../database/statements/server/has-secret-check.js';
import { readSchemaRights, type SchemaRights } from '../../database/statements/server/schema-rights.js';
import { readServerFacts, type ServerFacts } from '../../database/statements/server/server-facts.js';
import { checkHosts } from './check-hosts.js';
import { checkImages, checkOwnFolder } from './check-images.js';
import { checkJobs } from './check-jobs.js';
import { checkReaders } from './check-readers.js';
import { checkZones } from './check-zones.js';
import { failed, type Finding, ok, warning } from './finding.js';

/** The newest release that Vigie is written for. */
const NEWEST = 18;

/** Milliseconds between the clocks that nobody notices, and from which on readers' tokens are refused. */
const CLOCK_NOTICED = 2_000;
const CLOCK_WRONG = 60_000;

/** Everything about a Postgres that answers; changes nothing in it. */
export async function checkPostgres(
  database: Database,
  config: VigieConfig,
  env: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  const asked = Date.now();
  const facts = await readServerFacts(database);
  // The answer was given somewhere between question and answer.
  const difference = Math.round(facts.now - (asked + Date.now()) / 2);
  return [
    checkVersion(facts, config),
    checkSettings(facts),
    checkClock(difference),
    ...(await checkSchema(database, config, env)),
  ];
}

function checkVersion(facts: ServerFacts, config: VigieConfig): Finding {
  const { major, version, standby } = facts;
  const which = config.databaseUrl === null ? 'embedded' : 'of DATABASE_URL';
  if (standby) {
    return failed('postgres', `The Postgres ${which} is a standby: set DATABASE_URL to the primary.`);
  }
  if (major < OLDEST_POSTGRES || major > NEWEST) {
    return failed('postgres', `Postgres ${version}, ${which}: use one from ${OLDEST_POSTGRES} to ${NEWEST}.`);
  }
  const unfit = unfitSettings(facts);
  return unfit === null
    ? ok('postgres', `Postgres ${version}, ${which}, answers`)
    : failed('postgres', unfit);
}

/** With these off, a report that was acknowledged can be lost (invariant 1), or the database damaged. */
function checkSettings(facts: ServerFacts): Finding {
  const wrong = [
    ['fsync', facts.fsync],
    ['synchronous_commit', facts.synchronousCommit],
    ['full_page_writes', facts.fullPageWrites],
  ].filter(([, value]) => value === 'off');
  if (wrong.length === 0) return ok('durability', 'What is committed survives a crash');
  const names = wrong.map(([name]) => name).join(', ');
  return failed('durability', `A crash loses acknowledged reports: turn on ${names} in Postgres.`);
}

function checkClock(difference: number): Finding {
  const said = `The database's clock is ${Math.abs(difference)} ms ${difference < 0 ? 'behind' : 'ahead'}`;
  if (Math.abs(difference) < CLOCK_NOTICED) return ok('clock', said);
  const detail = `${said}: set both machines' clocks by NTP.`;
  return Math.abs(difference) < CLOCK_WRONG ? warning('clock', detail) : failed('clock', detail);
}

async function checkSchema(
  database: Database,
  config: VigieConfig,
  env: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  const { pending, unknown } = await readMigrationState(database);
  if (unknown.length > 0) {
    return [
      failed('migrations', `A newer Vigie migrated this database (${unknown.join(', ')}): start that one.`),
    ];
  }
  if (pending.length > 0) {
    const missing = missingRight(await readSchemaRights(database));
    return [
      missing === null
        ? warning('migrations', `To come: ${pending.join(', ')}. The next start runs them.`)
        : failed('migrations', `The next start fails, since ${missing}`),
    ];
  }
  const done = ok('migrations', 'All done');
  const work = [
    await checkJobs(database),
    await checkReaders(database, config),
    await checkImages(database, config),
    ...(await checkOwnFolder(database, config)),
    ...(await checkZones(database)),
    ...(await checkHosts(database)),
    ...(await checkAdmin(database, config)),
  ];
  if (!(await hasSecretCheck(database))) return [done, ...work];
  try {
    await checkInstallation(database, loadSecret(config, env));
    return [done, ok('installation', 'The database was filled under this secret'), ...work];
  } catch (error) {
    if (!(error instanceof WrongSecretError)) throw error;
    return [done, failed('installation', error.message), ...work];
  }
}

/** Why the user of DATABASE_URL can not run migrations, and what to do; null: it can. */
function missingRight({ user, schema, mayCreate, otherOwner, remedy }: SchemaRights): string | null {
  if (otherOwner !== null)
    return `the tables are ${otherOwner}'s, and ${user} may not change them: name ${otherOwner} in DATABASE_URL.`;
  if (mayCreate) return null;
  const where = schema === null ? 'any schema' : `the schema ${schema}`;
  return `${user} may not make tables in ${where}: let an administrator of the database run "${remedy}".`;
}

/** Whether anybody can get in and give others rights. Where the next start makes the demonstration, that brings its admin. */
async function checkAdmin(database: Database, { production }: VigieConfig): Promise<Finding[]> {
  const advice = await adviseFirstAdmin(database);
  if (advice === null || (!production && !(await anySite(database)))) return [];
  return [warning('admin', advice)];
}
