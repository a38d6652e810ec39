import type { StatsQuery } from '../contract/stats.js';
import { invalid, refused, VigieError } from '../core/errors.js';
import { isRefusedValue } from '../database/postgres-errors.js';
import {
  type Moment,
  type StatsBucket,
  type StatsRange,
  statsRange,
} from '../database/statements/cases/stats-range.js';
import type { Tx } from '../database/tx.js';
import { isDay } from '../http/is-day.js';

/** Buckets of an answer, at most. A month of hours that ends with summer time has one more; one that begins within an hour, too. */
const AT_MOST: Record<StatsBucket, number> = { day: 400, hour: 31 * 24 + 1 };
const IN_WORDS: Record<StatsBucket, string> = {
  day: 'By day it may be 400 days.',
  hour: 'By hour it may be 31 days: shorten it, or ask for bucket=day.',
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
/** Nothing happened before, and nothing is known of later. */
const [EARLIEST, LATEST] = ['2000-01-01', '2100-01-01'];

const EXPECTED =
  'Must be a date such as 2026-11-01, or a time such as 2026-11-01T09:30:00Z (a "+" in it is written %2B), between 2000 and 2100.';

/** @throws VigieError INVALID when it is no time */
function momentOf(pointer: '/from' | '/to', text: string | undefined): Moment {
  if (text === undefined) return { date: null, at: null };
  const date = DATE.test(text) ? text : MOMENT.exec(text)?.[1];
  if (date === undefined || !isDay(date) || date < EARLIEST || date >= LATEST)
    throw invalid(pointer, EXPECTED);
  return date === text ? { date, at: null } : { date: null, at: new Date(text) };
}

/**
 * The time that a question is about, on the calendar of the site.
 *
 * @throws VigieError INVALID when it is none, empty, or too long; CONFLICT when Postgres does not know the time zone
 */
export async function askedRange(tx: Tx, query: StatsQuery, timeZone: string): Promise<StatsRange> {
  const { bucket } = query;
  const asked = { from: momentOf('/from', query.from), to: momentOf('/to', query.to), bucket, timeZone };
  const range = await statsRange(tx, asked, AT_MOST[bucket] + 1).catch((error: unknown) => {
    throw isRefusedValue(error) ? unknownZone(timeZone) : error;
  });
  if (range.from >= range.to) {
    throw query.to === undefined
      ? invalid('/from', 'Must be before now.')
      : invalid('/to', 'Must be after the beginning of the time, "from".');
  }
  if (range.starts.length > AT_MOST[bucket])
    throw invalid('/from', `The time is too long. ${IN_WORDS[bucket]}`);
  return range;
}

const unknownZone = (timeZone: string): VigieError =>
  refused(
    'CONFLICT',
    'unknown-time-zone',
    `The database does not know the time zone of the site, "${timeZone}". Give the site another one, or update the time zones of Postgres.`,
  );
