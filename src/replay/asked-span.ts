import { invalid } from '../core/errors.js';
import type { Span } from '../core/replay/figures.js';
import type { Moment } from '../database/statements/cases/stats-range.js';
import type { Tx } from '../database/tx.js';
import { rangeOnCalendar } from '../http/asked-time.js';

const DAY = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;
/** Nothing happened before. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** A time on the calendar of a site. */
export interface AskedTime {
  readonly from: Moment;
  readonly to: Moment;
  readonly timeZone: string;
}

/**
 * The moments that are meant, of those that are said.
 *
 * @throws VigieError CONFLICT when Postgres does not know the time zone
 */
export async function onCalendar(
  tx: Tx,
  time: AskedTime | undefined,
): Promise<{ readonly from?: Date; readonly to?: Date }> {
  if (time === undefined || !(isSaid(time.from) || isSaid(time.to))) return {};
  const { from, to } = await rangeOnCalendar(tx, { ...time, bucket: 'day' }, 1);
  return { ...(isSaid(time.from) ? { from } : {}), ...(isSaid(time.to) ? { to } : {}) };
}

const isSaid = ({ date, at }: Moment): boolean => date !== null || at !== null;

/**
 * The time that a replay is about; what would lie in the future ends now.
 *
 * @param now in ms since 1970
 * @throws VigieError INVALID when it is empty or too long
 */
export function askedSpan(
  asked: {
    readonly from?: Date | undefined;
    readonly to?: Date | undefined;
    readonly days?: number | undefined;
  },
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
