import type { Tx } from '../tx.js';
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
    select j.kind,
           count(*) filter (where not j.running and not j.dead)::int as waiting,
           count(*) filter (where j.due)::int as due,
           min(j.run_at) filter (where j.due) as "dueSince",
           count(*) filter (where j.running)::int as running,
           count(*) filter (where j.dead)::int as dead
    from (
      select w.kind, w.run_at, w.run_at <= clock_timestamp() as due, false as running, false as dead
      from job w
      where w.outcome is null and w.relayed_until is null and w.locked_until is null
      union all
      select t.kind, t.run_at, t.locked_until is null and t.run_at <= clock_timestamp(), t.locked_until is not null, false
      from job t
      where t.outcome is null and (t.relayed_until is not null or t.locked_until is not null)
      union all
      select d.kind, d.run_at, false, false, true
      from job d
      where d.outcome = 'dead'
    ) j
    group by j.kind
    order by j.kind`,
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
