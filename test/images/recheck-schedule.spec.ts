import fc from 'fast-check';
import { isWatchOver, placeAfter, untilDue, untilNextLook } from '../../src/images/recheck-schedule.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [10 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY];

describe('the place in the schedule', () => {
  it.each([
    ['first', 0, false, 0],
    ['same', 0, false, 1],
    ['same', 7, true, 8],
    ['other', 0, false, 1],
    ['other', 2, false, 3],
    ['other', 3, false, 0],
    ['other', 9, false, 0],
    ['other', 0, true, 0],
  ] as const)(
    'after a look that found %s bytes from place %i, announced %s, is %i',
    (found, unchanged, announced, place) => {
      expect(placeAfter(found, { unchanged, announced })).toBe(place);
    },
  );
});

describe('the time until the next look', () => {
  it.each([
    [0, 10 * MINUTE],
    [1, HOUR],
    [2, 6 * HOUR],
    [3, DAY],
    [4, 3 * DAY],
    [5, 7 * DAY],
    [6, 7 * DAY],
    [1_000, 7 * DAY],
  ])('after %i looks that found the same bytes is %i seconds', (unchanged, seconds) => {
    expect(untilNextLook(STEPS, { unchanged, failures: 0 }, 0)).toBe(seconds);
  });

  it.each([
    [1, MINUTE],
    [2, 10 * MINUTE],
    [3, HOUR],
    [4, 6 * HOUR],
    [7, 7 * DAY],
    [1_000, 7 * DAY],
  ])('after %i failures in a row is %i seconds', (failures, seconds) => {
    expect(untilNextLook(STEPS, { unchanged: 3, failures }, 0)).toBe(seconds);
  });

  it('is never shorter than planned, nor longer by more than a tenth, and never falls', () => {
    const looks = fc.record({ unchanged: fc.nat(50), failures: fc.nat(50) });
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(looks, random, (given, chance) => {
        const planned = untilNextLook(STEPS, given, 0);
        const next = given.failures > 0 ? 'failures' : 'unchanged';
        expect(untilNextLook(STEPS, given, chance)).toBeGreaterThanOrEqual(planned);
        expect(untilNextLook(STEPS, given, chance)).toBeLessThan(planned * 1.1);
        const later = { ...given, [next]: given[next] + 1 };
        expect(untilNextLook(STEPS, later, 0)).toBeGreaterThanOrEqual(planned);
      }),
    );
  });
});

describe('an address is looked at no more', () => {
  it.each([
    [false, false, 30 * DAY, true],
    [false, false, 30 * DAY - 1, false],
    [true, false, 3_000 * DAY, false],
    [false, true, 3_000 * DAY, false],
  ])('blocked %s, awaits %s, quiet for %i seconds: %s', (blocked, awaits, quietSeconds, over) => {
    expect(isWatchOver({ blocked, awaits, quietSeconds }, 30)).toBe(over);
  });
});

describe('a look is due', () => {
  it.each([
    ['as planned', 500, 100, false, 500],
    ['as planned, whatever was announced', 500, 100, true, 500],
    ['at once where there was none', null, null, false, 0],
    ['some minutes after the last one for a job that takes over', null, 100, false, 500],
    ['at once when that is long ago', null, 10_000, false, -9_400],
    ['at once for what the site announces', null, 100, true, 0],
  ])('%s', (_, untilNext, sinceLook, announced, seconds) => {
    expect(untilDue({ untilNext, sinceLook, failed: false, announced }, 600)).toBe(seconds);
  });

  it('within a minute of one that failed, for a job that takes over, too', () => {
    const look = { untilNext: null, sinceLook: 20, failed: true, announced: false };
    expect(untilDue(look, 600)).toBe(40);
  });
});
