import type { Tx } from '../../tx.js';
import type { JobAttempt } from './job-row.js';
import { JOBS_CHANNEL } from './stage-jobs.js';

const statement = {
  name: 'give-back-jobs',
  text: `
    with bell as materialized (select pg_notify('${JOBS_CHANNEL}', ''))
    update job j
    set relayed_until = null, locked_until = null
    from bell, unnest($1::bigint[], $2::int[], $3::int[]) as g (id, attempts, relays)
    where j.id = g.id and j.attempts = g.attempts and j.relays = g.relays and j.outcome is null
    returning j.id`,
};

/** Lets jobs that were taken wait again, for whoever has time; no failure of theirs. */
export const giveBackJobs = (db: Pick<Tx, 'query'>, jobs: readonly JobAttempt[]): Promise<{ id: string }[]> =>
  db.query(statement, [
    jobs.map(({ id }) => id),
    jobs.map(({ attempts }) => attempts),
    jobs.map(({ relays }) => relays),
  ]);
