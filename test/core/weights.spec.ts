import * as fc from 'fast-check';
import type { PastVerdict } from '../../src/core/vote-facts.js';
import { weightOf } from '../../src/core/weights.js';
import { NOW } from './examples.js';
import { DAY } from './facts.js';

const record = (upheld: number, dismissed: number, at = NOW): PastVerdict[] =>
  Array.from({ length: upheld + dismissed }, (_, n) => ({ decision: String(n), valid: n < upheld, at }));

const verdicts = fc.array(
  fc.record({
    decision: fc.string(),
    valid: fc.boolean(),
    at: fc.integer({ min: 0, max: 3_000 * DAY }).map((ago) => NOW - ago),
  }),
  { maxLength: 300 },
);
const kinds = fc.constantFrom('device' as const, 'account' as const, 'named' as const);

describe('what a vote weighs', () => {
  it.each([
    [0, 0, 1_000],
    [1, 0, 1_143],
    [9, 0, 1_600],
    [1_000, 0, 1_600],
    [0, 1, 857],
    [0, 2, 750],
    [0, 18, 250],
    [0, 54, 100],
    [0, 1_000, 100],
    [4, 4, 1_000],
    [10, 2, 1_444],
  ])('%i upheld and %i dismissed: %i thousandths', (upheld, dismissed, weight) => {
    expect(weightOf(record(upheld, dismissed), 'account', NOW)).toBe(weight);
    expect(weightOf(record(upheld, dismissed), 'named', NOW)).toBe(weight);
    expect(weightOf(record(upheld, dismissed), 'device', NOW)).toBe(Math.min(1_000, weight));
  });

  it('is 1 for who has no record, whoever that is', () => {
    for (const kind of ['device', 'account', 'named'] as const) expect(weightOf([], kind, NOW)).toBe(1_000);
  });

  it('halves a record in 180 days', () => {
    expect(weightOf(record(4, 0, NOW - 180 * DAY), 'account', NOW)).toBe(
      weightOf(record(2, 0), 'account', NOW),
    );
    expect(weightOf(record(0, 8, NOW - 360 * DAY), 'account', NOW)).toBe(
      weightOf(record(0, 2), 'account', NOW),
    );
    expect(weightOf(record(0, 1, NOW - 3_600 * DAY), 'account', NOW)).toBe(1_000);
  });

  it('takes a verdict of a clock that is ahead for one of today', () => {
    expect(weightOf(record(0, 3, NOW + DAY), 'account', NOW)).toBe(weightOf(record(0, 3), 'account', NOW));
  });

  it('is a whole number from 100 to 1600, and to 1000 for a device', () => {
    fc.assert(
      fc.property(verdicts, kinds, (given, kind) => {
        const weight = weightOf(given, kind, NOW);
        expect(Number.isInteger(weight)).toBe(true);
        expect(weight).toBeGreaterThanOrEqual(100);
        expect(weight).toBeLessThanOrEqual(kind === 'device' ? 1_000 : 1_600);
      }),
    );
  });

  it('is the same, bit by bit, in whatever order the verdicts are read', () => {
    fc.assert(
      fc.property(
        verdicts.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
        ),
        kinds,
        ([given, shuffled], kind) => {
          expect(weightOf(shuffled, kind, NOW)).toBe(weightOf(given, kind, NOW));
        },
      ),
    );
  });

  it('never falls by being right, and never rises by being wrong', () => {
    fc.assert(
      fc.property(verdicts, kinds, (given, kind) => {
        const weight = weightOf(given, kind, NOW);
        const after = (valid: boolean): number =>
          weightOf([...given, { decision: 'next', valid, at: NOW }], kind, NOW);
        expect(after(true)).toBeGreaterThanOrEqual(weight);
        expect(after(false)).toBeLessThanOrEqual(weight);
      }),
    );
  });
});
