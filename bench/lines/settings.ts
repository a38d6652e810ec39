import type { Settings } from '../measure.js';

const FULL: Settings = { rounds: 5, milliseconds: 4_000, warmUpMilliseconds: 10_000, connections: 128 };
const QUICK: Settings = { rounds: 2, milliseconds: 1_500, warmUpMilliseconds: 2_000, connections: 128 };

/** How long, and how often, a door is asked under load. */
export const settingsOf = (quick: boolean): Settings => (quick ? QUICK : FULL);

/** So many reports are in the tables where it is measured how cost grows. */
export const sizesOf = (quick: boolean): readonly number[] =>
  quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000, 10_000_000];
