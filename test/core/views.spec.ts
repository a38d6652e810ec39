import { perHour, viewsNow, viewsOfBoth } from '../../src/core/views.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 26);

describe('views', () => {
  it.each([
    [1_234, 600, 7_404],
    [1, 86_400, 0],
    [0, 600, 0],
    [1_000_000_000, 60, 1_000_000_000],
  ])('%i in %i seconds are %i an hour', (views, seconds, expected) => {
    expect(perHour(views, seconds)).toBe(expected);
  });

  it.each([
    ['as told', 0, 1_000],
    ['as told, by a clock that went back', -1, 1_000],
    ['half of it after 36 hours', 36, 500],
    ['a quarter after 72', 72, 250],
    ['nothing after a week', 168, null],
  ])('fade: %s', (_, hours, expected) => {
    expect(viewsNow({ perHour: 1_000, at: NOW - hours * HOUR }, NOW)).toBe(expected);
  });

  it('are not known where nobody said', () => {
    expect(viewsNow(null, NOW)).toBeNull();
  });

  it('of two images that become one add up as they are now', () => {
    const told = { perHour: 1_000, at: NOW - 36 * HOUR };
    expect(viewsOfBoth(told, { perHour: 10, at: NOW }, NOW)).toEqual({ perHour: 510, at: NOW });
    expect(viewsOfBoth(told, null, NOW)).toBe(told);
    expect(viewsOfBoth(null, told, NOW)).toBe(told);
    const most = { perHour: 1_000_000_000, at: NOW };
    expect(viewsOfBoth(most, most, NOW)).toEqual(most);
  });
});
