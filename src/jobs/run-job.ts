import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseTime } from '../database/database-time.js';
import type { ClaimedJob } from '../database/statements/jobs/job-row.js';
import type { Settlement } from '../database/statements/jobs/settle-jobs.js';
import { backoffSeconds } from './backoff.js';
import type { JobResult } from './job-handler.js';
import type { KnownHandler } from './job-handlers.js';

/** Milliseconds that an aborted attempt has to end by itself; then nobody waits for it any more. */
const GRACE = 5_000;

/** `jobs.error` holds no more. */
const LONGEST_ERROR = 2_000;

/** Between these Postgres reads a time as it is written here; it would refuse others with all that is written beside them. */
const FIRST_TIME = 0;
const LAST_TIME = Date.UTC(9999, 0);

/** Why an attempt was cut short. */
export class JobAborted extends Error {
  override readonly name = 'JobAborted';

  constructor(
    readonly why: 'stopping' | 'too long' | 'claim lost',
    message: string,
  ) {
    super(message);
  }
}

/** How an attempt ended; null: it was cut short through no fault of its own. */
export type AttemptEnd = Settlement | null;

/** Runs a job that has been claimed. Never throws. `cut` ends it early; its reason is a `JobAborted`. */
export async function runJob(
  { handler, maxAttempts, maxSeconds }: KnownHandler,
  job: ClaimedJob,
  cut: AbortController,
  random: () => number = Math.random,
): Promise<AttemptEnd> {
  const { id, attempts, failures } = job;
  const none = { id, attempts, outcome: null, failures: 0, error: null, runAt: null, delaySeconds: null };
  const limit = setTimeout(
    () => cut.abort(new JobAborted('too long', `Took longer than ${maxSeconds} seconds.`)),
    maxSeconds * 1_000,
  );
  try {
    const result = await orCut(
      // Inside a promise, since it may throw before it returns one.
      Promise.resolve().then(() =>
        handler.run(job.payload, { jobId: id, attempt: attempts, signal: cut.signal }),
      ),
      cut.signal,
    );
    if ('done' in result) return { ...none, outcome: 'done' };
    const error = errorText(result.why);
    if ('inSeconds' in result) return { ...none, delaySeconds: secondsOf(result.inSeconds), error };
    return { ...none, runAt: timeOf(result.again), error };
  } catch (error) {
    const reason: unknown = cut.signal.reason;
    if (reason instanceof JobAborted && reason.why !== 'too long') return null;
    const failed = { ...none, failures: failures + 1, error: errorText(reason ?? error) };
    if (failed.failures >= maxAttempts) return { ...failed, outcome: 'dead' };
    return { ...failed, delaySeconds: backoffSeconds(failed.failures, random()) };
  } finally {
    clearTimeout(limit);
  }
}

/** What the work gives; throws the reason when it was cut and has not ended a moment later. */
async function orCut(work: Promise<JobResult>, signal: AbortSignal): Promise<JobResult> {
  const over = new AbortController();
  const patience = new Promise<never>((_, reject) => {
    const giveUp = (): void => {
      pause(GRACE, undefined, { signal: over.signal }).then(
        () => reject(signal.reason as Error),
        () => undefined,
      );
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    over.abort();
  }
}

function secondsOf(seconds: number): number {
  if (seconds >= 0 && seconds * 1_000 < LAST_TIME) return seconds;
  throw new Error(`The handler gave no number of seconds: ${seconds}`);
}

function timeOf(again: DatabaseTime): DatabaseTime {
  if (again.getTime() >= FIRST_TIME && again.getTime() < LAST_TIME) return again;
  throw new Error(`The handler gave no time to be run again at: ${String(again)}`);
}

/** What Postgres takes as text, and no more than the column holds. */
function errorText(error: unknown): string {
  const said = error instanceof Error ? error.message || error.name : String(error);
  return said.replaceAll('\0', '').slice(0, LONGEST_ERROR);
}
