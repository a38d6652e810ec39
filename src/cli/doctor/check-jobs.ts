import { Redis } from 'ioredis';
import type { VigieConfig } from '../../config/load-config.js';
import type { Database } from '../../database/database.js';
import { countJobs } from '../../database/statements/jobs/list-jobs.js';
import { failed, type Finding, ok, warning } from './finding.js';

/** A job that has been due for so many seconds and is not done is late. */
const LATE = 60;

/** Milliseconds that Redis may take to answer. */
const PATIENCE = 2_000;

/** Before this release Bull does not work. */
const OLDEST_REDIS = 5;

/** How many jobs are dead, and how many late. Needs a migrated database. */
export async function checkJobs(database: Database): Promise<Finding> {
  const { dead, overdue } = await countJobs(database, LATE);
  const said = [
    ...(dead > 0 ? [`${dead} dead: "jobs list --dead" says why, "jobs retry" runs them again`] : []),
    ...(overdue > 0
      ? [`${overdue} overdue by more than ${LATE} s: is a process with ROLE=worker or all running?`]
      : []),
  ];
  return said.length === 0 ? ok('jobs', 'None is dead or overdue') : warning('jobs', `${said.join('; ')}`);
}

/** Whether the Redis of REDIS_URL, if there is to be one, answers; without it jobs run, too. */
export async function checkRedis({ redisUrl }: VigieConfig): Promise<Finding[]> {
  if (redisUrl === null) return [];
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    commandTimeout: PATIENCE,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = '';
  client.on('error', (error: Error) => (reason = error.message));
  try {
    await client.connect();
    const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'unknown';
    if (Number.parseInt(version, 10) < OLDEST_REDIS) {
      return [failed('redis', `Redis ${version} is too old: use ${OLDEST_REDIS} or newer.`)];
    }
    return [ok('redis', `Redis ${version} answers`)];
  } catch (error) {
    const said = reason || (error instanceof Error ? error.message : String(error));
    return [
      warning(
        'redis',
        `Redis can't be reached (${said}): each process runs its jobs itself meanwhile. Check REDIS_URL, and that the server runs.`,
      ),
    ];
  } finally {
    client.disconnect();
  }
}
