import type { DatabaseTime } from '../database/database-time.js';

/** Rooms provide their `JobHandler[]` under this token. */
export const JOB_HANDLERS = Symbol('JOB_HANDLERS');

/** What a handler is told of the job besides its payload. */
export interface JobRun {
  readonly jobId: string;
  /** 1 for the first. Rises with every run: those that went wrong, and those that were put off or cut short, too. */
  readonly attempt: number;
  /**
   * Aborted when the process stops, the attempt took too long, or the claim can not be held: what is under way should
   * end within five seconds. What it throws then is no failure of the job, unless it took too long.
   */
  readonly signal: AbortSignal;
}

/**
 * What came of a run: nothing more to do, or the same again at a time that the handler chooses. A time that the handler did
 * not get from the database is told in seconds from now: the clocks of processes lag, and a time that is past by the
 * database's would come at once, again and again.
 */
export type JobResult =
  | { readonly done: true }
  | { readonly again: DatabaseTime; readonly why: string }
  | { readonly inSeconds: number; readonly why: string };

/**
 * Does the jobs of one kind. Runs at least once and, after a crash, perhaps twice at the same time: what it does must
 * bear repeating. What it throws is tried again, later each time, until `maxAttempts` are used up; then the job is dead.
 */
export interface JobHandler<Payload = unknown> {
  readonly kind: string;
  /** Attempts in a row that throw, take too long or end with their process, before the job is dead. Default: 10. */
  readonly maxAttempts?: number;
  /** An attempt is aborted after so many seconds, and counts as failed. Default: 300. */
  readonly maxSeconds?: number;
  run(payload: Payload, run: JobRun): Promise<JobResult>;
}
