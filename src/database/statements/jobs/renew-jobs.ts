import type { Tx } from '../../tx.js';
import { heldAttempts, type JobAttempt } from './job-row.js';

const statement = {
  name: 'renew-jobs',
  text: `
    update job j
    set locked_until = clock_timestamp() + make_interval(secs => $3)
    from unnest($1::bigint[], $2::int[]) as r (id, attempts)
    where j.id = r.id and j.attempts = r.attempts and j.locked_until is not null
    returning j.id, j.attempts`,
};

/** Holds the claims of running jobs for so many more seconds. Which attempts still hold theirs. */
export const renewJobs = async (
  db: Pick<Tx, 'query'>,
  jobs: readonly JobAttempt[],
  seconds: number,
): Promise<ReadonlyMap<string, number>> =>
  heldAttempts(
    await db.query(statement, [jobs.map(({ id }) => id), jobs.map(({ attempts }) => attempts), seconds]),
  );
