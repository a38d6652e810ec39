import fc from 'fast-check';
import { priorityOf } from '../../src/core/priority.js';

const facts = { reporters: 1, reachedThreshold: false, held: false, severe: false };

describe('the place in the queue', () => {
  it.each([
    ['nobody yet', { ...facts, reporters: 0 }, 0],
    ['one reporter', facts, 0],
    ['two reporters', { ...facts, reporters: 2 }, 10],
    ['three, as two', { ...facts, reporters: 3 }, 10],
    ['a thousand and twenty-four', { ...facts, reporters: 1024 }, 100],
    ['at the threshold', { ...facts, reporters: 5, reachedThreshold: true }, 1_020],
    ['held', { ...facts, held: true }, 10_000],
    ['severe', { ...facts, severe: true }, 100_000],
  ])('%s', (_, given, priority) => {
    expect(priorityOf(given)).toBe(priority);
  });

  it('goes by severity, then hold, then threshold, then reporters, whatever the number of reporters', () => {
    const arbitrary = fc.record({
      reporters: fc.nat({ max: 1_000_000_000 }),
      reachedThreshold: fc.boolean(),
      held: fc.boolean(),
      severe: fc.boolean(),
    });
    const rank = (given: typeof facts): number[] => [
      Number(given.severe),
      Number(given.held),
      Number(given.reachedThreshold),
      given.reporters,
    ];
    fc.assert(
      fc.property(arbitrary, arbitrary, (a, b) => {
        const differs = rank(a).findIndex((part, index) => part !== rank(b)[index]);
        if (differs < 0) return;
        const [first, second] = (rank(a)[differs] ?? 0) > (rank(b)[differs] ?? 0) ? [a, b] : [b, a];
        expect(priorityOf(first)).toBeGreaterThanOrEqual(priorityOf(second));
        if (differs < 3) expect(priorityOf(first)).toBeGreaterThan(priorityOf(second));
      }),
    );
  });
});
