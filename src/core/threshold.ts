import { type HeardVote, tallyOf } from './hear-votes.js';
import { networksMatter } from './network-caps.js';
import { type Reason, REASONS, SEVERE_REASON } from './reasons.js';
import { type ReasonSet, reportersWhere, reportersWith, type Tally } from './tally.js';
import type { ThresholdRule } from './threshold-rule.js';
import { FULL_WEIGHT } from './weights.js';

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
  /** What the votes weigh together, in thousandths: of a wide network the heaviest, as far as they count. */
  readonly weight: number;
}

/** Reporters who gave the severe reason. */
export const severeReporters = (tally: Tally): number => reportersWith(tally, SEVERE_REASON);

/** The reason of a block by these votes (docs/rules.md): a severe one first, else the commonest. */
export function commonestReason(votes: Tally): Reason {
  if (severeReporters(votes) > 0) return SEVERE_REASON;
  let commonest: Reason = 'other';
  let most = 0;
  for (const reason of REASONS) {
    const count = reportersWith(votes, reason);
    if (count > most) [commonest, most] = [reason, count];
  }
  return commonest;
}

/** A reason whose own K lies above the site's counts only for itself: otherwise that K could never matter. */
const countsForTotal = (reasons: ReasonSet, rule: ThresholdRule): boolean =>
  reasons.some((reason) => (rule.reasons[reason]?.reporters ?? rule.reporters) <= rule.reporters);

/**
 * The votes that may block together for one K. Votes that network caps do not hold for stand for a network of their own each;
 * of one wide network no more than K - 1 are taken, the heaviest: more may stand there, for a higher K, or because the vote gained this
 * reason later or K was lowered (docs/rules.md, rule 3).
 */
function countingVotes(votes: readonly HeardVote[], k: number, rule: ThresholdRule): readonly HeardVote[] {
  if (!networksMatter(rule)) return votes;
  const ofWide = new Map<string, number>();
  return [...votes]
    .sort((a, b) => b.weight - a.weight)
    .filter(({ networks }) => {
      if (networks === null) return true;
      const taken = ofWide.get(networks.wide) ?? 0;
      ofWide.set(networks.wide, taken + 1);
      return taken < k - 1;
    });
}

/** Do votes that are not capped suffice by themselves, or do all come from as many narrow networks as the rule asks for? */
function comeFromEnough(votes: readonly HeardVote[], needed: number, rule: ThresholdRule): boolean {
  const own = votes.filter(({ networks }) => networks === null).length;
  if (own >= needed || !networksMatter(rule)) return true;
  return own + new Set(votes.flatMap(({ networks }) => networks?.narrow ?? [])).size >= rule.minNetworks;
}

/** Both the people and their weight reach K times the factor, so that no trusted person blocks alone (docs/rules.md, rule 2). */
function crossesAt(
  votes: readonly HeardVote[],
  k: number,
  factor: number,
  rule: ThresholdRule,
): Omit<Crossing, 'by' | 'reason'> | null {
  const needed = k * factor;
  const counting = countingVotes(votes, k, rule);
  const weight = counting.reduce((total, vote) => total + vote.weight, 0);
  return counting.length >= needed && weight >= needed * FULL_WEIGHT && comeFromEnough(votes, needed, rule)
    ? { needed, reporters: votes.length, weight }
    : null;
}

/** Do these votes satisfy the rule, with every K multiplied by `factor` (1, or `afterKeep.factor` after a keep)? */
export function crossing(votes: readonly HeardVote[], rule: ThresholdRule, factor: number): Crossing | null {
  for (const reason of REASONS) {
    const own = rule.reasons[reason];
    if (own === undefined) continue;
    const giving = votes.filter(({ reasons }) => reasons.includes(reason));
    const crossed = crossesAt(giving, own.reporters, factor, rule);
    // All of these votes give the reason, so no other is commoner.
    if (crossed !== null) return { by: 'reason', reason: severeElse(reason, giving), ...crossed };
  }
  const giving = votes.filter(({ reasons }) => countsForTotal(reasons, rule));
  const crossed = crossesAt(giving, rule.reporters, factor, rule);
  return crossed === null ? null : { by: 'total', reason: commonestReason(tallyOf(giving)), ...crossed };
}

const isSevere = ({ reasons }: HeardVote): boolean => reasons.includes(SEVERE_REASON);
const severeElse = (reason: Reason, votes: readonly HeardVote[]): Reason =>
  votes.some(isSevere) ? SEVERE_REASON : reason;

/** Have so many people spoken, whatever their networks and weights, as the rule asks for? */
export const isReached = (tally: Tally, rule: ThresholdRule): boolean =>
  reportersWhere(tally, (reasons) => countsForTotal(reasons, rule)) >= rule.reporters ||
  REASONS.some((reason) => {
    const own = rule.reasons[reason];
    return own !== undefined && reportersWith(tally, reason) >= own.reporters;
  });

/**
 * Have so many given the severe reason? Capped votes must come from as many wide networks: rule 3 lets a wide network have
 * no more than K - 1, and here K is `needed`. A vote that network caps do not hold for stands for a network of its own. Neither
 * weight nor hold applies (rule 6).
 */
export function severeCrossing(
  votes: readonly HeardVote[],
  rule: ThresholdRule,
  needed: 1 | 2,
): Crossing | null {
  const severe = votes.filter(isSevere);
  const wide = severe.flatMap(({ networks }) => networks?.wide ?? []);
  const own = severe.length - wide.length;
  const sources = networksMatter(rule) ? own + new Set(wide).size : severe.length;
  const weight = severe.reduce((total, vote) => total + vote.weight, 0);
  return sources >= needed
    ? { by: 'severe', reason: SEVERE_REASON, needed, reporters: severe.length, weight }
    : null;
}

/**
 * The smallest number of reporters that could satisfy the rule's counts: below it there is nothing to recount. The
 * severe reason, which needs fewer, is not counted here.
 */
export const leastReporters = (rule: ThresholdRule, factor: number): number => factor * leastOf(rule);

function leastOf({ reporters, reasons }: ThresholdRule): number {
  let least = reporters;
  for (const reason of REASONS) least = Math.min(least, reasons[reason]?.reporters ?? least);
  return least;
}

/** From when on a vote still counts. Times in milliseconds. */
export const windowStart = ({ windowHours }: ThresholdRule, now: number): number =>
  now - windowHours * 3_600_000;

/**
 * From when on a vote may block: not before a block was lifted because nobody reviewed it in time, or the same votes would
 * block again with the next (docs/rules.md, rule 13).
 */
export const blockingStart = (rule: ThresholdRule, now: number, liftedAt: number | null): number =>
  Math.max(windowStart(rule, now), liftedAt ?? 0);

/** What a K is multiplied by: rule 11, "after a keep the bar is higher, not infinite". Times in milliseconds. */
export const factorNow = (rule: ThresholdRule, keptAt: number | null, now: number): number =>
  keptAt !== null && now - keptAt < rule.afterKeep.cooldownHours * 3_600_000 ? rule.afterKeep.factor : 1;
