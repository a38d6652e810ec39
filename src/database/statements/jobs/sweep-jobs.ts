import type { Tx } from '../../tx.js';
import { TAKEN } from './job-row.js';
import { JOBS_CHANNEL } from './stage-jobs.js';

const statement = {
  name: 'sweep-jobs',
  // A process that ends with its job, time and again, must not do so for ever: that counts as the job's failure.
  text: `
    with late as materialized (
      select j.id, j.locked_until is not null as broken, k.most
      from job j
      join unnest($1::text[], $2::int[]) as k (kind, most) on k.kind = j.kind
      where ${TAKEN} and coalesce(j.locked_until, j.relayed_until) <= clock_timestamp()
      limit 1000
      for update of j skip locked
    ),
    swept as (
      update job j
      set relayed_until = null,
          locked_until  = null,
          failures      = j.failures + late.broken::int,
          outcome       = case when late.broken and j.failures + 1 >= late.most then 'dead' end,
          finished_at   = case when late.broken and j.failures + 1 >= late.most then clock_timestamp() end,
          error         = case when late.broken then $3 else j.error end
      from late
      where j.id = late.id
      returning j.id, j.kind, late.broken, j.outcome
    )
    select s.id, s.kind, case when s.outcome = 'dead' then 'dead' when s.broken then 'broken' else 'lost' end as was
    from swept s
    cross join (select case when exists (select from swept) then pg_notify('${JOBS_CHANNEL}', '') end) bell`,
};

/** A job whose time had passed. `lost`: Redis lost it, or is late; `broken`: its worker is gone; `dead`: once too often. */
export interface SweptJob {
  readonly id: string;
  readonly kind: string;
  readonly was: 'lost' | 'broken' | 'dead';
}

/** Lets relayed and running jobs whose time has passed wait again. */
export const sweepJobs = (
  db: Pick<Tx, 'query'>,
  kinds: readonly { readonly kind: string; readonly maxAttempts: number }[],
): Promise<SweptJob[]> =>
  db.query(statement, [
    kinds.map(({ kind }) => kind),
    kinds.map(({ maxAttempts }) => maxAttempts),
    'The process that ran it ended, or lost the database, before it was done.',
  ]);
