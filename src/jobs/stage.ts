import { insertJobs } from '../database/statements/jobs/stage-jobs.js';
import type { Tx } from '../database/tx.js';

/** Work to be done once the transaction that asks for it has committed. */
export interface NewJob<Payload = unknown> {
  /** Which handler does it. */
  readonly kind: string;
  /** Jobs of one lane share a limit of how many run at once, so that a slow one delays nobody else. Default: the kind. */
  readonly lane?: string;
  /** What JSON can hold: ids, not data. The handler reads what is so when it runs. */
  readonly payload: Payload;
  /** Not before; default: at once. */
  readonly runAt?: Date;
}

/** Stages work in a transaction: it is done at least once if, and only if, this transaction commits (invariant 10). */
export function stage(tx: Tx, jobs: readonly NewJob[]): void {
  if (jobs.length === 0) return;
  insertJobs(
    tx,
    jobs.map(({ kind, lane = kind, payload, runAt = null }) => ({ kind, lane, payload, runAt })),
  );
}
