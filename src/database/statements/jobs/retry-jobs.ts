import type { Tx } from '../../tx.js';
import { JOBS_CHANNEL } from './stage-jobs.js';

const statement = {
  name: 'retry-jobs',
  text: `
    with bell as materialized (select pg_notify('${JOBS_CHANNEL}', '')),
    dead as materialized (
      select id
      from job
      where outcome = 'dead' and ($1::bigint[] is null or id = any($1)) and ($2::text is null or kind = $2)
      order by outcome, finished_at, id
      limit $3
      for update
    )
    update job j
    set outcome = null, finished_at = null, failures = 0, run_at = clock_timestamp()
    from bell, dead
    where j.id = dead.id
    returning j.id`,
};

/** Lets dead jobs wait again, with all their attempts, and rings for those who run them. The ids of those that were dead. */
export const retryJobs = (
  db: Pick<Tx, 'query'>,
  retry: { readonly ids: readonly string[] | null; readonly kind: string | null; readonly limit: number },
): Promise<{ id: string }[]> => db.query(statement, [retry.ids, retry.kind, retry.limit]);
