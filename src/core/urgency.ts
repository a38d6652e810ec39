import type { Reason } from './reasons.js';

/** What tells how much harm an image does while its case waits. */
export interface UrgencyFacts {
  /** The reason that most of the counted votes give, a severe one first. */
  readonly reason: Reason;
  /** Distinct counted reporters in the round. */
  readonly reporters: number;
  /** Since the case was opened. */
  readonly hours: number;
  /** As the site says; null: it does not. */
  readonly viewsPerHour: number | null;
}

/** The same as moderators see it (docs/priority.md). */
export interface Urgency {
  /** Views an hour of a picture that is likely bad, weighted by how bad: views times likelihood times severity. */
  readonly expectedHarm: number;
  readonly viewsPerHour: number | null;
  readonly reportsPerHour: number;
}

/**
 * How bad it is that one person sees such a picture, against one that breaks a right of its maker. A judgement and not a
 * measurement: what hurts people stands above what misleads them, and that above what is only unwanted.
 */
export const SEVERITY: Readonly<Record<Reason, number>> = {
  child_abuse: 100,
  violence: 10,
  hate: 10,
  privacy: 8,
  harassment: 6,
  nudity: 5,
  misinformation: 4,
  other: 2,
  copyright: 1,
  spam: 1,
};

/**
 * Against a single report that it is right: four to one. Of 91,711 reports in the first half of 2020, Snap acted on 20,311
 * (22 %; transparency report for Sweden, https://snap.com/en-US/privacy/transparency/2020-06-30/sweden).
 */
const ODDS_AGAINST_ONE = 4;

/**
 * How many see a bad picture for each who reports it, where the site does not say how often it is seen: an assumption. Asked
 * in surveys, two of ten say that they reported what they last met (Ofcom 2023); of those who just scroll past, far fewer do.
 */
const VIEWS_PER_REPORT = 1_000;

/** How many see a picture that is all right for each who reports it: an assumption, too. */
const VIEWS_PER_WRONG_REPORT = 20_000;

/** Below this the rate of a case that has just been opened would be anything. */
const SHORTEST_HOURS = 1;

/**
 * Expected harm in an hour: how bad the reason is, how likely it holds, and how many see the picture. The odds that a
 * picture is all right fall with every reporter, and rise where few of those who saw it complained. Rises, or stays, with
 * severity, reporters and views; falls with the hours in which the reports came.
 */
export function urgencyOf({ reason, reporters, hours, viewsPerHour }: UrgencyFacts): Urgency {
  const people = Math.max(1, reporters);
  const reportsPerHour = people / Math.max(SHORTEST_HOURS, hours);
  const views = viewsPerHour ?? reportsPerHour * VIEWS_PER_REPORT;
  const oddsAgainst = ODDS_AGAINST_ONE / people + views / (reportsPerHour * VIEWS_PER_WRONG_REPORT);
  return {
    expectedHarm: (SEVERITY[reason] * views) / (1 + oddsAgainst),
    viewsPerHour,
    reportsPerHour: reporters === 0 ? 0 : reportsPerHour,
  };
}
