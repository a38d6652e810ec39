/** Waits for its time, or for a place. As `job_waiting` has it. */
export const WAITING = 'j.outcome is null and j.relayed_until is null and j.locked_until is null';

/** Relayed or running. As `job_taken` has it. */
export const TAKEN = 'j.outcome is null and (j.relayed_until is not null or j.locked_until is not null)';

/** One attempt at a job. Both numbers only ever rise, so nobody else's attempt is taken for it. */
export interface JobAttempt {
  readonly id: string;
  /** How often it was claimed, this time included once it is. */
  readonly attempts: number;
  /** How often it was handed to Redis. */
  readonly relays: number;
}

/** The number of the attempt that holds each job: of several at one job, that one and no other. */
export const heldAttempts = (
  rows: readonly Pick<JobAttempt, 'id' | 'attempts'>[],
): ReadonlyMap<string, number> => new Map(rows.map(({ id, attempts }) => [id, attempts]));

/** A job as whoever claimed it runs it. */
export interface ClaimedJob extends JobAttempt {
  readonly kind: string;
  readonly payload: unknown;
  /** Attempts that went wrong since it last went well. */
  readonly failures: number;
}

export const CLAIMED = 'j.id, j.kind, j.payload, j.attempts, j.relays, j.failures';
