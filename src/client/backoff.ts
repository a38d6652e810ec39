/** Ms. */
const FIRST = 500;
export const LONGEST_PAUSE = 30_000;
/** Whoever asks for more is asked again after this. */
const LONGEST_RETRY_AFTER = 5 * 60_000;

/**
 * How long to wait before the next attempt: anything up to 0.5, 1, 2 ... 30 s ("full jitter", so that a thousand sites
 * that lost one service do not come back at the same moment), and never less than the service asks for, up to five
 * minutes.
 *
 * @param failures in a row, the last one included
 * @param random from 0 to below 1
 * @param retryAfter ms, as `Retry-After` has it
 */
export function pauseAfter(failures: number, random: number, retryAfter = 0): number {
  const most = Math.min(LONGEST_PAUSE, FIRST * 2 ** Math.min(failures - 1, 10));
  const asked = Math.min(retryAfter, LONGEST_RETRY_AFTER);
  return Math.round(asked > 0 ? asked + random * Math.min(most, asked) : random * most);
}

/** Resolves after so many ms, or at once when `signal` aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
