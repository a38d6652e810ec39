import type { Tx } from '../../tx.js';

/** Whoever runs jobs listens here. */
export const JOBS_CHANNEL = 'vigie_jobs';

const statement = {
  name: 'stage-jobs',
  text: `
    with bell as materialized (select pg_notify('${JOBS_CHANNEL}', ''))
    insert into job (kind, lane, payload, run_at)
    select j.kind, j.lane, j.payload::jsonb, coalesce(j.run_at, clock_timestamp())
    from bell, unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as j (kind, lane, payload, run_at)`,
};

/** A job to be. */
export interface JobRow {
  readonly kind: string;
  readonly lane: string;
  /** What JSON can hold. */
  readonly payload: unknown;
  /** Null: at once. */
  readonly runAt: Date | null;
}

/** Writes jobs, and rings for those who run them once the transaction commits. */
export const insertJobs = (tx: Tx, jobs: readonly JobRow[]): void =>
  tx.send(statement, [
    jobs.map(({ kind }) => kind),
    jobs.map(({ lane }) => lane),
    jobs.map(({ payload }) => JSON.stringify(payload)),
    jobs.map(({ runAt }) => runAt),
  ]);
