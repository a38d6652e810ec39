import * as fc from 'fast-check';
import { wholeSeconds } from '../../src/publishing/whole-seconds.js';

describe('a time in whole seconds', () => {
  it('is what ISO 8601 says, without fractions', () => {
    const times = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(times, (time) => {
        expect(wholeSeconds(time)).toBe(`${new Date(time).toISOString().slice(0, 19)}Z`);
      }),
    );
  });

  it('is so for more days than are kept', () => {
    const DAY = 86_400_000;
    for (let day = 0; day < 10_000; day += 1) wholeSeconds(day * DAY);
    expect(wholeSeconds(10_000 * DAY - 1)).toBe('1997-05-18T23:59:59Z');
  });
});
