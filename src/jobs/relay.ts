import type { JobAttempt } from '../database/statements/jobs/job-row.js';

/** The process's `Relay`, or null: jobs go from one worker to the next through Postgres alone. */
export const RELAY = Symbol('RELAY');

/** A way to other workers. What is handed over may get lost, late or doubled: whoever gets it claims it in Postgres first. */
export interface Relay {
  /** How many jobs it may be handed now; null: it can't be reached, and jobs run here. Never throws. */
  room(): Promise<number | null>;
  /** Hands jobs over. Returns those that it did not take. Never throws. */
  hand(jobs: readonly JobAttempt[]): Promise<readonly JobAttempt[]>;
}
