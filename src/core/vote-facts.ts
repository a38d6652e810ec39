import type { Networks, ReasonSet } from './tally.js';

/** How a reporter is known: by a device's token, by a token that the site signed, or named by the site's secret key. */
export type ReporterKind = 'device' | 'account' | 'named';

/** What a person's decision said of an earlier vote of a reporter: right, or wrong. */
export interface PastVerdict {
  /** The decision's id: those who have one in common were judged together. */
  readonly decision: string;
  readonly valid: boolean;
  /** In ms since 1970. */
  readonly at: number;
}

/** What is known of a counted vote where the tally may cross: only there is it read. */
export interface VoteFacts {
  readonly kind: ReporterKind;
  readonly reasons: ReasonSet;
  /** Null: network caps do not hold for it. */
  readonly networks: Networks | null;
  /** In ms since 1970. */
  readonly castAt: number;
  /** For how many minutes its reporter had been known when it was cast; null: nobody can say. */
  readonly ageMinutes: number | null;
  /** What was written beside it, word for word. */
  readonly comments: readonly string[];
  /** What decisions said of the reporter's votes on other images. */
  readonly verdicts: readonly PastVerdict[];
  /** Other images that the reporter voted on in the last days, counted or not, and on which nobody has decided: by id. */
  readonly undecided: readonly string[];
}
