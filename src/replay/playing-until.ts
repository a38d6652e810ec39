import { refused, VigieError, type Why } from '../core/errors.js';
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

/** What `why` says of a time in which more happened than can be played. */
const TOO_MUCH: Why = 'too-much-to-play';

/** It was given up. */
export const tooSlow = (): VigieError =>
  refused('UNAVAILABLE', TOO_MUCH, 'Playing this took too long and was given up. Ask for a shorter time.');

/** It is not begun. */
export const tooMany = (votes: number, most: number): VigieError => {
  const detail = `There are ${votes} reports to play, and it may be ${most}: ask for a shorter time.`;
  return new VigieError('INVALID', detail, [{ pointer: '/from', detail }], { why: TOO_MUCH });
};
