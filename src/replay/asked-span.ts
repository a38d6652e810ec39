import { invalid } from '../core/errors.js';
import type { Span } from '../core/replay/figures.js';

const DAY = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;
/** Nothing happened before. */
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * The time that a replay is about; what would lie in the future ends now.
 *
 * @param now in ms since 1970
 * @throws VigieError INVALID when it is empty or too long
 */
export function askedSpan(
  asked: { readonly from?: Date | undefined; readonly to?: Date | undefined; readonly days?: number },
  now: number,
): Span {
  const to = Math.min(asked.to?.getTime() ?? now, now);
  const from = asked.from?.getTime() ?? to - (asked.days ?? DEFAULT_DAYS) * DAY;
  if (to <= EARLIEST) throw invalid('/to', 'Must be after the year 2000.');
  if (!(from < to))
    throw invalid(
      '/from',
      asked.to === undefined ? 'Must be before now.' : 'Must be before "to", and before now.',
    );
  if (!(to - from <= MOST_DAYS * DAY)) throw invalid('/from', `The time may be ${MOST_DAYS} days long.`);
  return { from, to };
}
