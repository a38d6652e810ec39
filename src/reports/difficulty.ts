import type { VigieConfig } from '../config/load-config.js';

/** However many devices a network asks for: 32 times. Some seconds of a phone, so that its readers can still report. */
const MOST_DOUBLINGS = 5;

/**
 * The work of a challenge for a network that has minted so many devices within 24 hours: the largest number to try.
 * It doubles with each further `easyPerNetwork` of them.
 */
export const difficultyFor = (
  minted: number,
  { difficulty, easyPerNetwork }: Pick<VigieConfig['devices'], 'difficulty' | 'easyPerNetwork'>,
): number => difficulty * 2 ** Math.min(MOST_DOUBLINGS, Math.floor(minted / easyPerNetwork));
