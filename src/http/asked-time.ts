import { invalid, refused, type VigieError } from '../core/errors.js';
import { isRefusedValue } from '../database/postgres-errors.js';
import { type Moment, statsRange, type StatsRange } from '../database/statements/cases/stats-range.js';
import type { Tx } from '../database/tx.js';
import { isDay } from './is-day.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
/** Nothing happened before, and nothing is known of later. */
const [EARLIEST, LATEST] = ['2000-01-01', '2100-01-01'];

const expected = (part: 'query' | 'body'): string =>
  `Must be a date such as 2026-11-01, or a time such as 2026-11-01T09:30:00Z${part === 'query' ? ' (a "+" in it is written %2B)' : ''}, between 2000 and 2100.`;

/**
 * A day of a site's calendar, or a moment.
 *
 * @throws VigieError INVALID when it is no time
 */
export function askedMoment(
  pointer: '/from' | '/to',
  text: string | undefined,
  part: 'query' | 'body',
): Moment {
  if (text === undefined) return { date: null, at: null };
  const date = DATE.test(text) ? text : MOMENT.exec(text)?.[1];
  if (date === undefined || !isDay(date) || date < EARLIEST || date >= LATEST)
    throw invalid(pointer, expected(part));
  return date === text ? { date, at: null } : { date: null, at: new Date(text) };
}

/**
 * What a question means on the calendar of a site.
 *
 * @throws VigieError CONFLICT when Postgres does not know the time zone
 */
export async function rangeOnCalendar(
  tx: Tx,
  asked: Parameters<typeof statsRange>[1],
  atMost: number,
): Promise<StatsRange> {
  return statsRange(tx, asked, atMost).catch((error: unknown) => {
    throw isRefusedValue(error) ? unknownZone(asked.timeZone) : error;
  });
}

const unknownZone = (timeZone: string): VigieError =>
  refused(
    'CONFLICT',
    'unknown-time-zone',
    `The database does not know the time zone of the site, "${timeZone}". Give the site another one, or update the time zones of Postgres.`,
  );
