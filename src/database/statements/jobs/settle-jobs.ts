import type { DatabaseTime } from '../../database-time.js';
import type { Tx } from '../../tx.js';
import { heldAttempts } from './job-row.js';

const statement = {
  name: 'settle-jobs',
  text: `
    update job j
    set outcome      = s.outcome,
        finished_at  = case when s.outcome is not null then clock_timestamp() end,
        locked_until = null,
        failures     = s.failures,
        error        = s.error,
        run_at       = coalesce(s.run_at, clock_timestamp() + make_interval(secs => s.delay), j.run_at)
    from unnest($1::bigint[], $2::int[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::float8[])
           as s (id, attempts, outcome, failures, error, run_at, delay)
    where j.id = s.id and j.attempts = s.attempts and j.locked_until is not null
    returning j.id, j.attempts`,
};

/** How an attempt ended. */
export interface Settlement {
  readonly id: string;
  readonly attempts: number;
  /** Null: it is to be run again. */
  readonly outcome: 'done' | 'dead' | null;
  readonly failures: number;
  readonly error: string | null;
  /** When it is run again; null: after `delaySeconds` by the database's clock. */
  readonly runAt: DatabaseTime | null;
  readonly delaySeconds: number | null;
}

/** Writes how attempts ended. Which of them held their jobs: others have been given up for lost meanwhile. */
export const settleJobs = async (
  db: Pick<Tx, 'query'>,
  ends: readonly Settlement[],
): Promise<ReadonlyMap<string, number>> =>
  heldAttempts(
    await db.query(statement, [
      ends.map(({ id }) => id),
      ends.map(({ attempts }) => attempts),
      ends.map(({ outcome }) => outcome),
      ends.map(({ failures }) => failures),
      ends.map(({ error }) => error),
      ends.map(({ runAt }) => runAt),
      ends.map(({ delaySeconds }) => delaySeconds),
    ]),
  );
