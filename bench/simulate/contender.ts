import type { Report } from './reporter.js';

/** What a moderator says of a picture, and of those who reported it. */
export interface Decision {
  readonly action: 'block' | 'keep';
  readonly reports: 'valid' | 'invalid' | 'ignore';
}

/** `held`: enough people reported it, and it waits for a person because the rule does not believe them. */
export type Standing = 'shown' | 'held' | 'hidden';

/** A rule that hides pictures because of reports, with what it remembers of them. Times in ms since the beginning. */
export interface Contender {
  report(report: Report, now: number): void;
  decide(picture: number, decision: Decision, now: number): void;
  standingOf(picture: number): Standing;
  /** The pictures that wait for a person, the most urgent first. */
  waiting(): readonly number[];
}
