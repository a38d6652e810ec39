import { backoffSeconds } from '../../src/jobs/backoff.js';

describe('the time before the next attempt', () => {
  it.each([
    [1, 5],
    [2, 15],
    [3, 45],
    [6, 1_215],
    [7, 3_600],
    [1_000, 3_600],
  ])('is after %i failures %i seconds, or by chance down to half of that', (failures, seconds) => {
    expect(backoffSeconds(failures, 0)).toBe(seconds);
    expect(backoffSeconds(failures, 0.5)).toBe(seconds * 0.75);
    expect(backoffSeconds(failures, 1)).toBe(seconds / 2);
  });
});
