import type { PastVerdict, ReporterKind } from './vote-facts.js';

/** The weight of who has no record, in thousandths, as all weights are. */
export const FULL_WEIGHT = 1_000;
export const LEAST_WEIGHT = 100;
export const MOST_WEIGHT = 1_600;

/** A verdict says half as much after so many days. */
const HALF_LIFE_DAYS = 180;
const DAY = 86_400_000;
/** A verdict of today, in millionths: whole numbers, so that their order can not change a sum. */
const FRESH = 1_000_000;

/**
 * How much the vote of a reporter weighs, in thousandths (docs/rules.md, rule 2):
 * `clamp(2 (3 + upheld) / (6 + upheld + dismissed), 0.1, 1.6)`, where each verdict counts half as much after 180 days. It is
 * the mean of a Beta(3, 3) prior with the record, doubled, so that nobody's record weighs 1. Devices are had for the asking: one
 * never weighs more than 1.
 *
 * Reckoned anew from the verdicts each time, in whole numbers and whole days: taking a verdict away gives exactly what there
 * was before it.
 *
 * @param now in ms since 1970
 */
export function weightOf(verdicts: readonly PastVerdict[], kind: ReporterKind, now: number): number {
  let upheld = 0;
  let dismissed = 0;
  for (const { valid, at } of verdicts) {
    const days = Math.max(0, Math.floor((now - at) / DAY));
    const says = Math.round(FRESH * 2 ** (-days / HALF_LIFE_DAYS));
    if (valid) upheld += says;
    else dismissed += says;
  }
  const earned = Math.round((2 * FULL_WEIGHT * (3 * FRESH + upheld)) / (6 * FRESH + upheld + dismissed));
  const most = kind === 'device' ? FULL_WEIGHT : MOST_WEIGHT;
  return Math.min(most, Math.max(LEAST_WEIGHT, earned));
}
