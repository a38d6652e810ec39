/** How often an image is seen, as its site last said. */
export interface Views {
  readonly perHour: number;
  /** When the site said so: the database's clock, in ms since 1970. */
  readonly at: number;
}

const HOUR = 3_600_000;

/**
 * What a site said fades: half of those who ever open a news story have done so after 36 hours (Dezső and others, "Dynamics
 * of information access on the web", Physical Review E 73, 2006).
 */
const HALVED_AFTER = 36 * HOUR;

/** From then on it tells nothing any more: a twenty-fifth would be left of it. */
const FORGOTTEN_AFTER = 7 * 24 * HOUR;

/** No picture is seen more often in an hour, and sums of these are still whole numbers of Postgres. */
export const MOST_PER_HOUR = 1_000_000_000;

/** Views in an hour, of so many in so many seconds. */
export const perHour = (views: number, seconds: number): number =>
  Math.min(MOST_PER_HOUR, Math.round((views * 3_600) / seconds));

/** How often an image is seen in an hour now; null: nobody has said, or it was too long ago. */
export function viewsNow(views: Views | null, now: number): number | null {
  if (views === null || now - views.at >= FORGOTTEN_AFTER) return null;
  return views.perHour * 2 ** (-Math.max(0, now - views.at) / HALVED_AFTER);
}

/** Of two images that become one: it is seen as often as both were. */
export function viewsOfBoth(a: Views | null, b: Views | null, now: number): Views | null {
  if (a === null || b === null) return a ?? b;
  const sum = (viewsNow(a, now) ?? 0) + (viewsNow(b, now) ?? 0);
  return { perHour: Math.min(MOST_PER_HOUR, Math.round(sum)), at: now };
}
