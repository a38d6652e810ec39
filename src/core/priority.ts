/** What moves a case in the review queue. */
export interface PriorityFacts {
  /** Distinct counted reporters in the round. */
  readonly reporters: number;
  /** The rule has blocked the image, or would have: at least K people reported it. */
  readonly reachedThreshold: boolean;
  readonly held: boolean;
  readonly severe: boolean;
}

/** Steps are far enough apart that none below can add up to the one above. */
const AT_THRESHOLD = 1_000;
const HELD = 10_000;
const SEVERE = 100_000;

/**
 * A case's place in the queue: higher comes first, equal ones by age (docs/rules.md, rules 4, 6 and 9).
 * Rises with each doubling of the reporters and not with each reporter, so that a hot image's case is not rewritten by
 * every batch of reports.
 */
export function priorityOf(facts: PriorityFacts): number {
  const doublings = 31 - Math.clz32(Math.max(1, facts.reporters));
  return (
    10 * doublings +
    (facts.reachedThreshold ? AT_THRESHOLD : 0) +
    (facts.held ? HELD : 0) +
    (facts.severe ? SEVERE : 0)
  );
}
