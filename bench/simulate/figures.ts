import { ATTACK_FROM } from './attacks/targets.js';
import type { Outcome } from './outcome.js';
import type { Size } from './pictures.js';
import { HOUR, MINUTE } from './reporter.js';

/** What became of some clean pictures: how many a rule hid or held, and how many hours they were hidden until somebody looked. */
export interface CleanFigures {
  readonly pictures: number;
  readonly hidden: number;
  readonly held: number;
  readonly hours: number;
}

/** What became of bad pictures: what it took to hide them. */
export interface BadFigures {
  readonly pictures: number;
  readonly hidden: number;
  /** At least five honest readers had reported them, and the rule never hid them. */
  readonly missed: number;
  readonly held: number;
  /** Honest reports until they were hidden, median and nine in ten; and minutes since the first of them, median. */
  readonly reports: number;
  readonly mostReports: number;
  readonly minutes: number;
}

const ENOUGH = 5;

export const attacked = (outcomes: readonly Outcome[]): CleanFigures =>
  cleanFigures(outcomes.filter(({ isAttacked }) => isAttacked));

/** All clean pictures that were published since the attacks begin, whether they are attacked or not. */
export const allClean = (outcomes: readonly Outcome[]): CleanFigures =>
  cleanFigures(sinceAttacks(outcomes).filter(({ picture }) => picture.kind !== 'bad'));

export function allBad(outcomes: readonly Outcome[], size: Size | null = null): BadFigures {
  const bad = sinceAttacks(outcomes).filter(
    ({ picture }) => picture.kind === 'bad' && (size === null || picture.size === size),
  );
  const hidden = bad.flatMap((outcome) => outcome.hidden ?? []);
  const reports = hidden.map(({ honestReports }) => honestReports);
  return {
    pictures: bad.length,
    hidden: hidden.length,
    missed: bad.filter((outcome) => outcome.hidden === null && outcome.honestReports >= ENOUGH).length,
    held: bad.filter(({ wasHeld }) => wasHeld).length,
    reports: quantile(reports, 0.5),
    mostReports: quantile(reports, 0.9),
    minutes:
      quantile(
        hidden.flatMap(({ after }) => after ?? []),
        0.5,
      ) / MINUTE,
  };
}

const sinceAttacks = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(({ picture }) => picture.publishedAt >= ATTACK_FROM);

const cleanFigures = (outcomes: readonly Outcome[]): CleanFigures => ({
  pictures: outcomes.length,
  hidden: outcomes.filter(({ hidden }) => hidden !== null).length,
  held: outcomes.filter(({ hidden, wasHeld }) => hidden === null && wasHeld).length,
  hours: outcomes.reduce((total, { hiddenTime }) => total + hiddenTime, 0) / HOUR,
});

/** The smallest value that so large a share of all does not exceed; NaN where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
