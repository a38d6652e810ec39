import type { Outcome, Outcomes } from './outcomes.js';

/** How a rule did within a time, counted in rounds of images. */
export interface ReplayFigures {
  /** It blocked so many. */
  readonly blocked: number;
  /** Of these people then blocked, kept, and have not decided. */
  readonly upheld: number;
  readonly reversed: number;
  readonly undecided: number;
  /** It held so many, and did not block them later. */
  readonly held: number;
  /** People blocked so many that were reported and that it had not blocked. */
  readonly missed: number;
  /** From the first vote to its block, in seconds: half of them, and nine in ten, took no longer. */
  readonly timeToBlock: { readonly median: number; readonly p90: number } | null;
}

/** A time, in ms since 1970: from, and up to but without, to. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const isWithin = ({ from, to }: Span, at: number | null): at is number =>
  at !== null && at >= from && at < to;

export function figuresOf({ byRound, missed }: Outcomes, span: Span): ReplayFigures {
  const outcomes = [...byRound.values()];
  const blocked = outcomes.filter(({ blockedAt }) => isWithin(span, blockedAt));
  const decided = (as: Outcome['decided']): number =>
    blocked.filter((outcome) => outcome.decided === as).length;
  return {
    blocked: blocked.length,
    upheld: decided('block'),
    reversed: decided('keep'),
    undecided: decided(null),
    held: outcomes.filter(({ blockedAt, heldAt }) => blockedAt === null && isWithin(span, heldAt)).length,
    missed: [...missed.values()].filter((at) => isWithin(span, at)).length,
    timeToBlock: timesOf(blocked.map(({ firstAt, blockedAt }) => ((blockedAt ?? firstAt) - firstAt) / 1_000)),
  };
}

function timesOf(seconds: readonly number[]): ReplayFigures['timeToBlock'] {
  if (seconds.length === 0) return null;
  const ascending = [...seconds].sort((a, b) => a - b);
  return { median: quantile(ascending, 0.5), p90: quantile(ascending, 0.9) };
}

/** Between the two nearest, as Postgres reckons (percentile_cont); in whole seconds. */
function quantile(ascending: readonly number[], share: number): number {
  const place = (ascending.length - 1) * share;
  const below = ascending[Math.floor(place)] ?? 0;
  const above = ascending[Math.ceil(place)] ?? below;
  return Math.round(below + (above - below) * (place - Math.floor(place)));
}
