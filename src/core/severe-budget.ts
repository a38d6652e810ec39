/**
 * How often a single vote may block for the severe reason (docs/rules.md, rule 6): one per reporter in 7 days, one per network a
 * day, and so many of a site within an hour that nobody has reviewed.
 */
export const SEVERE_BUDGET = {
  reporterMilliseconds: 7 * 86_400_000,
  networkMilliseconds: 86_400_000,
  siteMilliseconds: 3_600_000,
  unreviewedOfSite: 3,
} as const;
