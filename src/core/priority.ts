import type { Reason } from './reasons.js';
import { urgencyOf } from './urgency.js';

/** What moves a case in the review queue. Times in ms since 1970. */
export interface PriorityFacts {
  readonly severe: boolean;
  readonly held: boolean;
  /** The site says that the picture is right, and asks for another look. */
  readonly appealed: boolean;
  /** The rule has blocked the image, or would have: at least K people reported it. */
  readonly reachedThreshold: boolean;
  /** The reason that most of the counted votes give. */
  readonly reason: Reason;
  /** Distinct counted reporters in the round. */
  readonly reporters: number;
  /** As the site says; null: it does not. */
  readonly viewsPerHour: number | null;
  readonly openedAt: number;
  /** Since when it waits: an appeal opens an old case again. */
  readonly waitingSince: number;
  readonly now: number;
}

/** Classes: far enough apart that whatever is below can not add up to the one above. */
const SEVERE = 1_000_000_000;
const HELD = 100_000_000;
const APPEALED = 30_000_000;
/** From here on somebody is waited for: the rule blocked, or would have; or the site asks. Below are single reports. */
export const AT_THRESHOLD = 10_000_000;

/** Within a class, a case is worth so many points for each doubling of the harm that it does in an hour. */
const POINTS_PER_DOUBLING = 24;

/**
 * After so many hours of waiting a case stands where one stands that does twice the harm and was opened just now: it is
 * reviewed first, whatever comes, after some days. So that no row is written again only because time passes, a case has its
 * points for age from the beginning: fewer, the later it begins to wait.
 */
const HOURS_PER_DOUBLING = 6;

/** What a case is worth that does a harm of 1 and begins to wait at `FROM`. A hundred years later it is 1,500,000. */
const MIDDLE = 5_000_000;
const FROM = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

/**
 * A case's place in the queue: higher comes first, equal ones by age (docs/priority.md; docs/rules.md, rules 4, 6 and 9).
 * Everything that goes on is rounded to doublings, so that a hot image's case is not written by every batch of reports.
 */
export function priorityOf(facts: PriorityFacts): number {
  return classOf(facts) + placeOf(facts);
}

/**
 * The same after further votes: within its class a case does not fall because they came more slowly than the first.
 *
 * @param before the priority that it has; 0: none yet
 */
export const raisedPriority = (before: number, facts: PriorityFacts): number =>
  classOf(facts) + Math.max(before % AT_THRESHOLD, placeOf(facts));

const classOf = ({ severe, held, appealed, reachedThreshold }: PriorityFacts): number =>
  (severe ? SEVERE : 0) +
  (held ? HELD : 0) +
  (appealed ? APPEALED : 0) +
  (reachedThreshold ? AT_THRESHOLD : 0);

function placeOf({ reason, reporters, viewsPerHour, openedAt, waitingSince, now }: PriorityFacts): number {
  const { expectedHarm } = urgencyOf({
    reason,
    reporters: doublings(reporters),
    hours: doublings((now - Math.min(openedAt, waitingSince)) / HOUR),
    viewsPerHour: viewsPerHour === null ? null : doublings(viewsPerHour),
  });
  const harm = Math.log2(expectedHarm) * POINTS_PER_DOUBLING;
  const late = ((waitingSince - FROM) / HOUR / HOURS_PER_DOUBLING) * POINTS_PER_DOUBLING;
  return Math.min(AT_THRESHOLD - 1, Math.max(0, Math.round(harm) + MIDDLE - Math.floor(late)));
}

/** The power of two that it has reached; at least 1. */
const doublings = (value: number): number => 2 ** Math.floor(Math.log2(Math.max(1, value)));
