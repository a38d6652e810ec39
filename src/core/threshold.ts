import { type Reason, REASONS, SEVERE_REASON } from './reasons.js';
import { type ReasonSet, reporters, reportersByReason, type Tally, votesWhere, votesWith } from './tally.js';
import type { ThresholdRule } from './threshold-rule.js';

/** What made a tally cross: all votes together, one reason's own K, or the severe reason. */
export type CrossedBy = 'total' | 'reason' | 'severe';

/** A tally that satisfies a rule. */
export interface Crossing {
  readonly by: CrossedBy;
  /** The reason shown for the block: the commonest among the votes that crossed, the severe one first. */
  readonly reason: Reason;
  /** Reporters that were needed and that there were. */
  readonly needed: number;
  readonly reporters: number;
}

/** Reporters who gave the severe reason. */
export const severeReporters = (tally: Tally): number => reporters(votesWith(tally, SEVERE_REASON));

/** The reason of a block by these votes (docs/rules.md): a severe one first, else the commonest. */
export function commonestReason(votes: Tally): Reason {
  if (severeReporters(votes) > 0) return SEVERE_REASON;
  const [first] = Object.keys(reportersByReason(votes)) as Reason[];
  return first ?? 'other';
}

/** A reason whose own K lies above the site's counts only for itself: otherwise that K could never matter. */
const countsForTotal = (reasons: ReasonSet, rule: ThresholdRule): boolean =>
  reasons.some((reason) => (rule.reasons[reason]?.reporters ?? rule.reporters) <= rule.reporters);

/**
 * Does this tally satisfy the rule, with every K multiplied by `factor` (1, or `afterKeep.factor` after a keep)?
 * Pure count: earned weights, caps and holds reduce the tally before it gets here.
 */
export function crossing(tally: Tally, rule: ThresholdRule, factor: number): Crossing | null {
  for (const reason of REASONS) {
    const own = rule.reasons[reason];
    if (own === undefined) continue;
    const votes = votesWith(tally, reason);
    const needed = own.reporters * factor;
    if (reporters(votes) < needed) continue;
    // All of these votes give the reason, so no other is commoner.
    const shown = severeReporters(votes) > 0 ? SEVERE_REASON : reason;
    return { by: 'reason', reason: shown, needed, reporters: reporters(votes) };
  }
  const votes = votesWhere(tally, (reasons) => countsForTotal(reasons, rule));
  const needed = rule.reporters * factor;
  if (reporters(votes) < needed) return null;
  return { by: 'total', reason: commonestReason(votes), needed, reporters: reporters(votes) };
}

/**
 * The smallest number of reporters that could satisfy the rule's counts: below it there is nothing to recount. The
 * severe reason, which needs fewer, is not counted here.
 */
export const leastReporters = (rule: ThresholdRule, factor: number): number =>
  factor * Math.min(rule.reporters, ...Object.values(rule.reasons).map((own) => own.reporters));

/** What a K is multiplied by: rule 11, "after a keep the bar is higher, not infinite". Times in milliseconds. */
export const factorNow = (rule: ThresholdRule, keptAt: number | null, now: number): number =>
  keptAt !== null && now - keptAt < rule.afterKeep.cooldownHours * 3_600_000 ? rule.afterKeep.factor : 1;
