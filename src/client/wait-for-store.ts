import { pause } from './backoff.js';
import { VigieClientError } from './client-error.js';

/** Ms for which a store is waited for, at least: else half of the time that `start()` has, so that the service can answer in the other. */
const LEAST_PATIENCE = 1000;

export const storePatience = (startTimeout: number): number => Math.max(LEAST_PATIENCE, startTimeout / 2);

/**
 * What a store answers; null when `signal` aborts before. Nothing is left behind.
 *
 * @param patience ms
 * @param then what is said to happen when the store says nothing for so long
 * @throws VigieClientError STORE then, and what the store rejects with
 */
export async function waitForStore<Answer>(
  answer: Promise<Answer>,
  patience: number,
  then: string,
  signal?: AbortSignal,
): Promise<Answer | null> {
  const over = new AbortController();
  const end = (): void => over.abort();
  signal?.addEventListener('abort', end);
  const late = pause(patience, over.signal).then(() => {
    if (over.signal.aborted) return null;
    throw new VigieClientError('STORE', `The store said nothing for ${patience / 1000} s: ${then}`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    end();
    signal?.removeEventListener('abort', end);
  }
}
