import { REASONS } from '../../src/core/reasons.js';
import { SEVERITY, type Urgency, urgencyOf } from '../../src/core/urgency.js';

const rounded = ({ expectedHarm, viewsPerHour, reportsPerHour }: Urgency): number[] =>
  [expectedHarm, viewsPerHour ?? NaN, reportsPerHour].map((value) => Math.round(value * 100) / 100);

describe('expected harm an hour', () => {
  const one = { reason: 'violence', reporters: 1, hours: 1, viewsPerHour: null } as const;

  // Worked by hand: severity x views / (1 + 4/reporters + views / (reports an hour x 20,000)).
  it.each([
    ['one report: 10 x 1,000 / (1 + 4 + 0.05)', one, [1_980.2, NaN, 1]],
    ['in the first minute, as in the first hour', { ...one, hours: 0.01 }, [1_980.2, NaN, 1]],
    ['four in two hours: 10 x 2,000 / (1 + 1 + 0.05)', { ...one, reporters: 4, hours: 2 }, [9_756.1, NaN, 2]],
    [
      'seen 50,000 times an hour: 10 x 50,000 / (1 + 1 + 50,000/40,000)',
      { ...one, reporters: 4, hours: 2, viewsPerHour: 50_000 },
      [153_846.15, 50_000, 2],
    ],
    ['spam: 1 x 1,000 / 5.05', { ...one, reason: 'spam' as const }, [198.02, NaN, 1]],
    ['seen by nobody', { ...one, viewsPerHour: 0 }, [0, 0, 1]],
    ['reported by nobody who counts', { ...one, reporters: 0 }, [1_980.2, NaN, 0]],
  ])('%s', (_, given, expected) => {
    expect(rounded(urgencyOf(given))).toEqual(expected);
  });

  it('knows how bad each reason is, the severe one worst', () => {
    expect(Object.keys(SEVERITY).sort()).toEqual([...REASONS].sort());
    expect(Math.max(...Object.values(SEVERITY))).toBe(SEVERITY.child_abuse);
  });
});
