import { loadConfig } from '../../src/config/load-config.js';
import { delayAfter, LONGEST_RETRY_AFTER } from '../../src/webhooks/next-attempt.js';

const { retrySeconds } = loadConfig({}).webhooks;
const now = new Date('2026-11-23T10:00:00Z');
const none = { status: null, retryAfter: null };

it('waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, and then no more', () => {
  const waits = Array.from({ length: 10 }, (_, n) => delayAfter(retrySeconds, n + 1, none, now, 0));
  const hour = 3_600_000;
  expect(waits).toEqual([
    5_000,
    300_000,
    hour / 2,
    2 * hour,
    5 * hour,
    10 * hour,
    14 * hour,
    20 * hour,
    24 * hour,
    null,
  ]);
});

it('adds up to a fifth by chance', () => {
  expect(delayAfter([100], 1, none, now, 0.5)).toBe(110_000);
  expect(delayAfter([100], 1, none, now, 0.999_999)).toBeLessThanOrEqual(120_000);
});

it.each([
  [429, '60', 60_000],
  [503, ' 60 ', 60_000],
  [503, 'Mon, 23 Nov 2026 10:02:00 GMT', 120_000],
  [503, 'Mon, 23 Nov 2026 09:00:00 GMT', 5_000],
  [503, '1', 5_000],
  [429, '99999999999999999999', LONGEST_RETRY_AFTER],
  [429, '-5', 5_000],
  [429, 'tomorrow', 5_000],
  [429, null, 5_000],
  [500, '60', 5_000],
  [200, '60', 5_000],
])('after %i with Retry-After %j it is %i ms', (status, retryAfter, expected) => {
  expect(delayAfter([5], 1, { status, retryAfter }, now, 0)).toBe(expected);
});

it('makes no attempt more because a receiver asks for it', () => {
  expect(delayAfter([5], 2, { status: 503, retryAfter: '60' }, now, 0)).toBeNull();
});
