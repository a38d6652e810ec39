import { type Reason, REASONS } from './reasons.js';

/** The reasons of one vote: at least one, each once, in the order of REASONS. */
export type ReasonSet = readonly Reason[];

/**
 * How many counted votes stand in a round, by exactly which reasons they give: `{"violence": 3, "violence+hate": 1}`.
 * Exact sets, not sums per reason, because a vote with two reasons is still one vote. Where votes may cross, each is heard
 * by itself (src/core/hear-votes.ts): where it comes from and what it weighs is in no tally.
 */
export type Tally = Readonly<Record<string, number>>;

/** Where a vote comes from that network caps hold for: opaque names. */
export interface Networks {
  readonly narrow: string;
  readonly wide: string;
}

/** One vote that appears (`from` null), gains a reason, or is withdrawn (`to` null). */
export interface VoteChange {
  readonly from: ReasonSet | null;
  readonly to: ReasonSet | null;
}

export const EMPTY_TALLY: Tally = {};

export const reasonSet = (reasons: Iterable<Reason>): ReasonSet => {
  const given = new Set(reasons);
  return REASONS.filter((reason) => given.has(reason));
};

/** The key under which a tally counts votes that give exactly these reasons. */
export const tallyKey = (reasons: ReasonSet): string => reasons.join('+');

/** There are no more sets than subsets of REASONS. */
const readKeys = new Map<string, ReasonSet>();

/** The reasons that a key stands for. Read once: a report's rules ask a dozen times. */
export function reasonsOf(key: string): ReasonSet {
  const known = readKeys.get(key);
  if (known !== undefined) return known;
  const reasons = key.split('+') as Reason[];
  readKeys.set(key, reasons);
  return reasons;
}

/** The tally after the changes. A count that falls to zero leaves the tally, so that equal tallies are equal objects. */
export function applyVotes(tally: Tally, changes: readonly VoteChange[]): Tally {
  if (changes.length === 0) return tally;
  const counts: Record<string, number> = { ...tally };
  const add = (reasons: ReasonSet | null, by: number): void => {
    if (reasons === null) return;
    const key = tallyKey(reasons);
    const count = (counts[key] ?? 0) + by;
    if (count > 0) counts[key] = count;
    else delete counts[key];
  };
  for (const { from, to } of changes) {
    add(from, -1);
    add(to, 1);
  }
  return counts;
}

/** Distinct reporters. */
export function reporters(tally: Tally): number {
  let total = 0;
  for (const key in tally) total += tally[key] ?? 0;
  return total;
}

/**
 * Distinct reporters whose reasons satisfy a condition. Rules count, and count often: where they built the votes that they
 * counted, that was a fifth of what a report left to the garbage collector.
 */
export function reportersWhere(tally: Tally, condition: (reasons: ReasonSet) => boolean): number {
  let total = 0;
  for (const key in tally) if (condition(reasonsOf(key))) total += tally[key] ?? 0;
  return total;
}

/** Distinct reporters who give this reason, perhaps among others. */
export const reportersWith = (tally: Tally, reason: Reason): number =>
  reportersWhere(tally, (reasons) => reasons.includes(reason));

/** Distinct reporters per reason, commonest first; equal counts in the order of REASONS. */
export function reportersByReason(tally: Tally): Partial<Record<Reason, number>> {
  const counted = REASONS.map((reason) => [reason, reportersWith(tally, reason)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a));
}
