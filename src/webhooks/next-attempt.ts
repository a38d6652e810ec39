/** No receiver may put us off for longer, in milliseconds. */
export const LONGEST_RETRY_AFTER = 24 * 3_600_000;

/** How much later than planned an attempt may be, by chance. */
const JITTER = 0.2;

/** The statuses whose Retry-After counts: "too many requests" and "not available". */
const PUTS_OFF = [429, 503];

/**
 * How long to wait after a failed attempt, in milliseconds; null when it was the last.
 *
 * @param waits the schedule: seconds after the first attempt, after the second, ...
 * @param tried attempts so far, the failed one included
 * @param random from 0 to 1
 */
export function delayAfter(
  waits: readonly number[],
  tried: number,
  answer: { readonly status: number | null; readonly retryAfter: string | null },
  now: Date,
  random: number,
): number | null {
  const wait = waits[tried - 1];
  if (wait === undefined) return null;
  const planned = wait * 1_000 * (1 + JITTER * random);
  const asked = PUTS_OFF.includes(answer.status ?? 0) ? retryAfter(answer.retryAfter, now) : 0;
  return Math.round(Math.max(planned, asked));
}

/** Retry-After as seconds or as a date (RFC 9110, 10.2.3), in milliseconds from now; 0 for what is neither. */
function retryAfter(header: string | null, now: Date): number {
  const text = header?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), LONGEST_RETRY_AFTER);
}
