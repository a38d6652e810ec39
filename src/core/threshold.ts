import { networksMatter } from './network-caps.js';
import { type Reason, REASONS, SEVERE_REASON } from './reasons.js';
import {
  byWideNetwork,
  narrowNetworks,
  type ReasonSet,
  reporters,
  reportersByReason,
  type Tally,
  uncapped,
  votesWhere,
  votesWith,
} from './tally.js';
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
 * Do these votes come from enough networks for `needed` of them to block? Votes that network caps do not hold for are
 * enough by themselves, or stand for a network of their own each. Of one wide network no more than K - 1 are taken: more
 * may count there, for a higher K, or because the vote gained this reason later or K was lowered (docs/rules.md, rule 3).
 */
function comeFromEnough(votes: Tally, k: number, needed: number, rule: ThresholdRule): boolean {
  const own = uncapped(votes);
  if (own >= needed || !networksMatter(rule)) return true;
  const capped = [...byWideNetwork(votes).values()].reduce((total, n) => total + Math.min(n, k - 1), 0);
  return own + capped >= needed && narrowNetworks(votes) >= rule.minNetworks;
}

/**
 * Does this tally satisfy the rule, with every K multiplied by `factor` (1, or `afterKeep.factor` after a keep)? A tally
 * that says nothing of networks is a pure count: so many people have spoken, whether or not that is enough to block.
 */
export function crossing(tally: Tally, rule: ThresholdRule, factor: number): Crossing | null {
  for (const reason of REASONS) {
    const own = rule.reasons[reason];
    if (own === undefined) continue;
    const votes = votesWith(tally, reason);
    const needed = own.reporters * factor;
    if (reporters(votes) < needed || !comeFromEnough(votes, own.reporters, needed, rule)) continue;
    // All of these votes give the reason, so no other is commoner.
    const shown = severeReporters(votes) > 0 ? SEVERE_REASON : reason;
    return { by: 'reason', reason: shown, needed, reporters: reporters(votes) };
  }
  const votes = votesWhere(tally, (reasons) => countsForTotal(reasons, rule));
  const needed = rule.reporters * factor;
  if (reporters(votes) < needed || !comeFromEnough(votes, rule.reporters, needed, rule)) return null;
  return { by: 'total', reason: commonestReason(votes), needed, reporters: reporters(votes) };
}

/**
 * Have so many given the severe reason? Capped votes must come from as many wide networks: rule 3 lets a wide network have
 * no more than K - 1, and here K is `needed`. A vote that network caps do not hold for stands for a network of its own.
 */
export function severeCrossing(tally: Tally, rule: ThresholdRule, needed: 1 | 2): Crossing | null {
  const votes = votesWith(tally, SEVERE_REASON);
  const sources = networksMatter(rule) ? uncapped(votes) + byWideNetwork(votes).size : reporters(votes);
  return sources >= needed
    ? { by: 'severe', reason: SEVERE_REASON, needed, reporters: reporters(votes) }
    : null;
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
