import type { StatsQuery } from '../contract/stats.js';
import { invalid } from '../core/errors.js';
import type { StatsBucket, StatsRange } from '../database/statements/cases/stats-range.js';
import type { Tx } from '../database/tx.js';
import { askedMoment, rangeOnCalendar } from '../http/asked-time.js';

/** Buckets of an answer, at most. A month of hours that ends with summer time has one more; one that begins within an hour, too. */
const AT_MOST: Record<StatsBucket, number> = { day: 400, hour: 31 * 24 + 1 };
const IN_WORDS: Record<StatsBucket, string> = {
  day: 'By day it may be 400 days.',
  hour: 'By hour it may be 31 days: shorten it, or ask for bucket=day.',
};

/**
 * The time that a question is about, on the calendar of the site.
 *
 * @throws VigieError INVALID when it is none, empty, or too long; CONFLICT when Postgres does not know the time zone
 */
export async function askedRange(tx: Tx, query: StatsQuery, timeZone: string): Promise<StatsRange> {
  const { bucket } = query;
  const [from, to] = [askedMoment('/from', query.from, 'query'), askedMoment('/to', query.to, 'query')];
  const range = await rangeOnCalendar(tx, { from, to, bucket, timeZone }, AT_MOST[bucket] + 1);
  if (range.from >= range.to) {
    throw query.to === undefined
      ? invalid('/from', 'Must be before now.')
      : invalid('/to', 'Must be after the beginning of the time, "from".');
  }
  if (range.starts.length > AT_MOST[bucket])
    throw invalid('/from', `The time is too long. ${IN_WORDS[bucket]}`);
  return range;
}
