/** A look that failed is tried again soon once: most failures pass by themselves. */
const FIRST_RETRY_SECONDS = 60;

/** How much later than planned a look may be, by chance: what was reported together does not come back together. */
const JITTER = 0.1;

const SECONDS_A_DAY = 86_400;

/** An address has gone quiet once it was looked at so often since it was last looked at from the beginning: after a day. */
const QUIET_AFTER = 3;

/** What was found so far, in a row each. */
export interface Looks {
  /** Looks since the beginning, which other bytes bring back: see `placeAfter`. */
  readonly unchanged: number;
  readonly failures: number;
}

/**
 * Seconds until an address is looked at again: the longer its bytes stay the same, or the longer it fails, the later.
 *
 * @param steps after the first look, after the first that found the same bytes, ...; the last holds from then on
 * @param random from 0 to below 1
 */
export function untilNextLook(
  steps: readonly number[],
  { unchanged, failures }: Looks,
  random: number,
): number {
  const waits = failures > 0 ? [FIRST_RETRY_SECONDS, ...steps] : steps;
  const place = failures > 0 ? failures - 1 : unchanged;
  const planned = waits[Math.min(place, waits.length - 1)] ?? SECONDS_A_DAY;
  return planned * (1 + JITTER * random);
}

/**
 * Where in the schedule an address is after a look. Other bytes are looked at from the beginning, save where others come
 * again and again: a host that sends others each time would have a case superseded at each look, under whoever works on it.
 *
 * @param unchanged before this look
 */
export const placeAfter = (
  found: 'first' | 'same' | 'other',
  { unchanged, announced }: { readonly unchanged: number; readonly announced: boolean },
): number =>
  found === 'first' || (found === 'other' && (announced || unchanged >= QUIET_AFTER)) ? 0 : unchanged + 1;

/** What of an image decides whether anybody still needs to know what is at its address. */
export interface WatchedImage {
  readonly blocked: boolean;
  readonly awaits: boolean;
  /** Since the last report, or the last change of the bytes. */
  readonly quietSeconds: number;
}

/** An image that nobody hides and nobody waits for is left alone after a while. */
export const isWatchOver = ({ blocked, awaits, quietSeconds }: WatchedImage, watchDays: number): boolean =>
  !blocked && !awaits && quietSeconds >= watchDays * SECONDS_A_DAY;

/** When the last look was, and the next one is to be. */
export interface PlannedLook {
  /** In seconds; null where none was planned. */
  readonly untilNext: number | null;
  /** In seconds; null: there was no look. */
  readonly sinceLook: number | null;
  /** The last look gave nothing, or no copy. */
  readonly failed: boolean;
  readonly announced: boolean;
}

/**
 * Seconds until a look is due. A job that takes over has planned none yet: it looks at once, but not at what was looked at
 * a moment ago, unless the site says that it has changed. A look that failed is tried again as soon as by the job before.
 *
 * @param leastApart in seconds, between two looks that nobody announced
 */
export function untilDue(
  { untilNext, sinceLook, failed, announced }: PlannedLook,
  leastApart: number,
): number {
  if (untilNext !== null) return untilNext;
  if (sinceLook === null || announced) return 0;
  return (failed ? Math.min(FIRST_RETRY_SECONDS, leastApart) : leastApart) - sinceLook;
}
