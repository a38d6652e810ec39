import { VigieError } from '../core/errors.js';
import type { Playing } from './play-past.js';

/**
 * A replay that ends when its caller is gone, or when it takes too long.
 *
 * @param deadline by `performance.now()`
 */
export const playingUntil = (
  deadline: number,
  signal: AbortSignal,
  progress: (done: number) => void,
): Playing => ({
  progress,
  check: () => {
    signal.throwIfAborted();
    if (performance.now() > deadline) throw tooSlow();
  },
});

/** It was given up. */
export const tooSlow = (): VigieError =>
  new VigieError('UNAVAILABLE', 'Playing this took too long and was given up. Ask for a shorter time.');
