import type { Tx } from '../../tx.js';
import { TAKEN, WAITING } from './job-row.js';
import { JOB_FACTS, type JobFacts, type JobState } from './list-jobs.js';

/** A job that waits for Redis to hand it out waits, too. */
export type PagedJobState = Exclude<JobState, 'relayed'>;

/** A job with its place in the list, to the microsecond. */
export interface PagedJob extends JobFacts {
  readonly since: string;
}

export interface JobPlace {
  readonly since: string;
  readonly id: string;
}

const columns = `${JOB_FACTS}, coalesce(j.finished_at, j.run_at)::text as since`;

const list = (name: string, where: string, time: string, newest: boolean) => ({
  name: `page-jobs-${name}`,
  text: `
    select ${columns}
    from job j
    where ${where} and ($1::text is null or j.kind = $1)
      and ($2::timestamptz is null or (${time}, j.id) ${newest ? '<' : '>'} ($2, $3::bigint))
    order by ${newest ? `${time} desc, j.id desc` : `${time}, j.id`}
    limit $4`,
});

/** What is to come: the longest due first. What has ended, by job_finished: the newest first. */
const LISTS = {
  waiting: list('waiting', 'j.outcome is null and j.locked_until is null', 'j.run_at', false),
  running: list('running', 'j.outcome is null and j.locked_until is not null', 'j.run_at', false),
  done: list('done', `j.outcome = 'done'`, 'j.finished_at', true),
  dead: list('dead', `j.outcome = 'dead'`, 'j.finished_at', true),
} as const satisfies Record<PagedJobState, unknown>;

const one = { name: 'read-job', text: `select ${columns} from job j where j.id = $1` };

/** A page of the jobs in this state. */
export const pageJobs = (
  db: Pick<Tx, 'query'>,
  state: PagedJobState,
  kind: string | null,
  after: JobPlace | null,
  limit: number,
): Promise<PagedJob[]> => db.query(LISTS[state], [kind, after?.since ?? null, after?.id ?? null, limit]);

/** A job by its number; undefined when it is none, or was done so long ago that it is removed. */
export async function readJob(db: Pick<Tx, 'query'>, id: string): Promise<PagedJob | undefined> {
  const [row] = await db.query<PagedJob>(one, [id]);
  return row;
}

const summary = {
  name: 'sum-up-jobs',
  // By job_waiting, job_taken and job_finished, whose conditions these are: of what is done there may be a day's work.
  text: `
    select a.kind,
           count(*) filter (where not a.running and not a.dead)::int as waiting,
           count(*) filter (where a.due)::int as due,
           min(a.run_at) filter (where a.due) as "dueSince",
           count(*) filter (where a.running)::int as running,
           count(*) filter (where a.dead)::int as dead
    from (
      select j.kind, j.run_at, j.run_at <= clock_timestamp() as due, false as running, false as dead
      from job j
      where ${WAITING}
      union all
      select j.kind, j.run_at, j.locked_until is null and j.run_at <= clock_timestamp(), j.locked_until is not null, false
      from job j
      where ${TAKEN}
      union all
      select j.kind, j.run_at, false, false, true
      from job j
      where j.outcome = 'dead'
    ) a
    group by a.kind
    order by a.kind`,
};

/** The jobs of one kind that are not done. */
export interface JobKindRow {
  readonly kind: string;
  readonly waiting: number;
  readonly due: number;
  /** Of the one that is due for longest. */
  readonly dueSince: Date | null;
  readonly running: number;
  readonly dead: number;
}

export const sumUpJobs = (db: Pick<Tx, 'query'>): Promise<JobKindRow[]> => db.query(summary);
