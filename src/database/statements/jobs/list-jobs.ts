import type { Tx } from '../../tx.js';

export type JobState = 'waiting' | 'relayed' | 'running' | 'done' | 'dead';

/** In which state the job `j` is. */
const JOB_STATE = `
  case when j.outcome is not null then j.outcome
       when j.locked_until is not null then 'running'
       when j.relayed_until is not null then 'relayed'
       else 'waiting' end`;

/** Of the job `j`: all but what it is about. */
export const JOB_FACTS = `
  j.id, j.kind, j.lane, ${JOB_STATE} as state, j.attempts, j.failures, j.error, j.run_at as "runAt",
  j.created_at as "createdAt", j.claimed_at as "claimedAt", j.finished_at as "finishedAt"`;

const statement = {
  name: 'list-jobs',
  text: `
    select ${JOB_FACTS}, j.payload
    from job j
    where (j.outcome = 'dead' or (j.outcome is null and not $1::boolean)) and ($2::text is null or j.kind = $2)
    order by coalesce(j.finished_at, j.run_at), j.id
    limit $3`,
};

/** A job without what it is about, which may be a reader's word. */
export interface JobFacts {
  readonly id: string;
  readonly kind: string;
  readonly lane: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly failures: number;
  /** Of the last attempt that went wrong or was put off. */
  readonly error: string | null;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly claimedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** A job as operators see it. */
export interface ListedJob extends JobFacts {
  readonly payload: unknown;
}

/** Jobs that are not done, the longest due first; or only dead ones, the longest dead first. */
export const listJobs = (
  db: Pick<Tx, 'query'>,
  list: { readonly dead: boolean; readonly kind: string | null; readonly limit: number },
): Promise<ListedJob[]> => db.query(statement, [list.dead, list.kind, list.limit]);

const any = {
  name: 'has-jobs',
  text: `select exists (select from job j where j.kind = $1) as found`,
};

/** Are there jobs of this kind, done ones that are still kept included? */
export async function hasJobs(db: Pick<Tx, 'query'>, kind: string): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(any, [kind]);
  return row?.found === true;
}

const count = {
  name: 'count-jobs',
  text: `
    select count(*) filter (where j.outcome = 'dead')::int as dead,
           count(*) filter (where j.outcome is null
                              and j.run_at < clock_timestamp() - make_interval(secs => $1))::int as overdue
    from job j
    where j.outcome is null or j.outcome = 'dead'`,
};

/** How many jobs are dead, and how many have been due for so many seconds and are not done. */
export async function countJobs(
  db: Pick<Tx, 'query'>,
  lateSeconds: number,
): Promise<{ readonly dead: number; readonly overdue: number }> {
  const [row] = await db.query<{ dead: number; overdue: number }>(count, [lateSeconds]);
  return row ?? { dead: 0, overdue: 0 };
}
