import fc from 'fast-check';
import { type PriorityFacts, priorityOf, raisedPriority } from '../../src/core/priority.js';
import { REASONS } from '../../src/core/reasons.js';
import { SEVERITY } from '../../src/core/urgency.js';

const HOUR = 3_600_000;
const OPENED = Date.UTC(2026, 10, 26, 10);
const facts: PriorityFacts = {
  severe: false,
  held: false,
  appealed: false,
  reachedThreshold: false,
  reason: 'violence',
  reporters: 1,
  viewsPerHour: null,
  openedAt: OPENED,
  waitingSince: OPENED,
  now: OPENED,
};
/** One doubling of harm. */
const DOUBLING = 24;

describe('the place in the queue', () => {
  it.each([
    ['nobody counted yet, as one', { reporters: 0 }, 0],
    ['one reporter', {}, 0],
    ['two reporters: twice the rate, and likelier', { reporters: 2 }, 41],
    ['three, as two', { reporters: 3 }, 41],
    ['sixteen', { reporters: 16 }, 143],
    ['a reason half as bad', { reason: 'nudity' as const }, -DOUBLING],
    ['a thousand views, to the power of two below', { viewsPerHour: 1_000 }, -23],
    ['some more, as one report makes likely', { viewsPerHour: 1_024 }, 1],
    ['a hundred thousand views, of which only one complains', { viewsPerHour: 100_000 }, 128],
    ['nobody sees it', { viewsPerHour: 0 }, -239],
    ['opened six hours earlier', { openedAt: OPENED - 6 * HOUR, waitingSince: OPENED - 6 * HOUR }, DOUBLING],
    ['the threshold', { reachedThreshold: true }, 10_000_000],
    ['an appeal', { appealed: true }, 30_000_000],
    ['held', { held: true }, 100_000_000],
    ['severe', { severe: true }, 1_000_000_000],
  ])('%s', (name, change, points) => {
    const now = name.startsWith('opened') ? OPENED - 6 * HOUR : OPENED;
    expect(priorityOf({ ...facts, ...change, now }) - priorityOf(facts)).toBe(points);
  });

  it('falls behind where the same reports took longer to come, by as much as the rate fell', () => {
    const later = (hours: number): number => priorityOf({ ...facts, now: OPENED + hours * HOUR });
    expect([0, 1, 1.9, 2, 3.9, 4].map((hours) => later(hours) - later(0))).toEqual([
      0,
      0,
      0,
      -DOUBLING,
      -DOUBLING,
      -2 * DOUBLING,
    ]);
  });

  it('does not fall within its class because further votes came slowly, and follows its class', () => {
    const atOnce = priorityOf({ ...facts, reachedThreshold: true, reporters: 8 });
    const muchLater = { ...facts, reachedThreshold: true, reporters: 16, now: OPENED + 100 * HOUR };
    expect(priorityOf(muchLater)).toBeLessThan(atOnce);
    expect(raisedPriority(atOnce, muchLater)).toBe(atOnce);
    expect(raisedPriority(atOnce, { ...muchLater, held: true })).toBe(atOnce + 100_000_000);
    expect(raisedPriority(atOnce, { ...muchLater, reachedThreshold: false })).toBe(atOnce - 10_000_000);
    expect(raisedPriority(0, facts)).toBe(priorityOf(facts));
  });

  it('waits from when an appeal opened it again, and has the rate that it had', () => {
    const again = { ...facts, now: OPENED + 240 * HOUR };
    const reopened = priorityOf({ ...again, waitingSince: again.now });
    expect(reopened - priorityOf(again)).toBe(-40 * DOUBLING);
  });
});

describe('whatever is known of a case', () => {
  const time = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2120, 0, 1) });
  const any: fc.Arbitrary<PriorityFacts> = fc.record({
    severe: fc.boolean(),
    held: fc.boolean(),
    appealed: fc.boolean(),
    reachedThreshold: fc.boolean(),
    reason: fc.constantFrom(...REASONS),
    reporters: fc.nat({ max: 1_000_000_000 }),
    viewsPerHour: fc.option(fc.double({ min: 0, max: 1_000_000_000, noNaN: true })),
    openedAt: time,
    waitingSince: time,
    now: time,
  });
  const classOf = (given: PriorityFacts): boolean[] => [
    given.severe,
    given.held,
    given.appealed,
    given.reachedThreshold,
  ];

  it('goes by severity, then hold, then appeal, then threshold: nothing below adds up to a class above', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [ofA, ofB] = [classOf(a), classOf(b)];
        const differs = ofA.findIndex((part, index) => part !== ofB[index]);
        if (differs < 0) return;
        const [first, second] = ofA[differs] === true ? [a, b] : [b, a];
        expect(priorityOf(first)).toBeGreaterThan(priorityOf(second));
      }),
    );
  });

  it('is a whole number that Postgres holds, and never below nothing', () => {
    fc.assert(
      fc.property(any, (given) => {
        const priority = priorityOf(given);
        expect(Number.isInteger(priority)).toBe(true);
        expect(priority).toBeGreaterThanOrEqual(0);
        expect(priority).toBeLessThan(2_000_000_000);
      }),
    );
  });

  it('never falls with more reporters, more views, a worse reason, or longer waiting', () => {
    const bySeverity = [...REASONS].sort((a, b) => SEVERITY[a] - SEVERITY[b]);
    const more: fc.Arbitrary<(given: PriorityFacts) => PriorityFacts> = fc.oneof(
      fc.nat({ max: 1_000_000 }).map((n) => (given: PriorityFacts) => ({
        ...given,
        reporters: given.reporters + n,
      })),
      fc.nat({ max: 1_000_000 }).map((n) => (given: PriorityFacts) => ({
        ...given,
        viewsPerHour: given.viewsPerHour === null ? null : given.viewsPerHour + n,
      })),
      fc.nat({ max: 9 }).map((n) => (given: PriorityFacts) => ({
        ...given,
        reason: bySeverity[Math.min(9, bySeverity.indexOf(given.reason) + n)] ?? given.reason,
      })),
      fc.nat({ max: 1_000 * HOUR }).map((earlier) => (given: PriorityFacts) => ({
        ...given,
        // Its reports came in the same time: it only waits for longer.
        openedAt: Math.min(given.openedAt, given.waitingSince - earlier),
        waitingSince: given.waitingSince - earlier,
        now:
          Math.min(given.openedAt, given.waitingSince - earlier) +
          (given.now - Math.min(given.openedAt, given.waitingSince)),
      })),
    );
    fc.assert(
      fc.property(any, more, (given, change) => {
        expect(priorityOf(change(given))).toBeGreaterThanOrEqual(priorityOf(given));
      }),
    );
  });

  it('lets nothing starve: within a class the oldest comes first after some days, whatever came since', () => {
    const worst: PriorityFacts = {
      ...facts,
      reason: 'hate',
      reporters: 1_000,
      viewsPerHour: 1_000_000,
    };
    const least: PriorityFacts = { ...facts, reason: 'spam', viewsPerHour: 10 };
    const after = (days: number): PriorityFacts => {
      const at = OPENED + days * 24 * HOUR;
      return { ...worst, openedAt: at, waitingSince: at, now: at };
    };
    expect(priorityOf(after(3))).toBeGreaterThan(priorityOf(least));
    expect(priorityOf(after(6))).toBeLessThan(priorityOf(least));
  });
});
