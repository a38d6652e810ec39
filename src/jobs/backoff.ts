const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 3_600;

/**
 * Seconds before the next attempt: 5, 15, 45 and so on up to an hour, so that ten attempts span some hours; less up to
 * a half by chance, so that those who failed together do not come back together.
 *
 * @param failures in a row, from 1 on
 * @param random from 0 to below 1
 */
export const backoffSeconds = (failures: number, random: number): number =>
  Math.min(LONGEST_SECONDS, FIRST_SECONDS * 3 ** (failures - 1)) * (1 - random / 2);
