/** What makes votes look coordinated. None of them acts alone: a vote is set aside where two fire. */
export const HOLD_SIGNALS = ['burst', 'newcomers', 'same-comment', 'cohort', 'prolific'] as const;
export type HoldSignal = (typeof HOLD_SIGNALS)[number];

/** What is usual on a site, from the blocks that people upheld there. */
export interface SiteBaseline {
  /** Automatic blocks in an hour that were not reversed. */
  readonly blocksPerHour: number;
  /** From how many upheld blocks the next two are known. */
  readonly upheld: number;
  /** From the first to the K-th vote, in seconds: half of the upheld blocks were faster. Null: too few were upheld. */
  readonly spanSeconds: number | null;
  /** The share of newcomers among their votes: nine in ten had no more. Null as above. */
  readonly newcomerShare: number | null;
}

/** A signal that fired, and on how many votes; `figures` are what it saw and what it was compared with. */
export interface HoldFinding {
  readonly signal: HoldSignal;
  readonly votes: number;
  readonly figures: Readonly<Record<string, number>>;
}
