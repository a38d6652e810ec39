import type { Tx } from '../../tx.js';

/** Into which steps a time is cut: by the site's own days, or by hours. */
export type StatsBucket = 'day' | 'hour';

/**
 * When a day of the zone $1 begins. Where clocks go back to its midnight, or across it, that comes twice, and Postgres takes the second:
 * the day begins with the first.
 *
 * @param day SQL of a timestamp at midnight
 */
const beginningOf = (day: string): string => `(
        ${day} at time zone $1 - case when (${day} at time zone $1 - interval '1 hour') at time zone $1 >= ${day}
                                   then interval '1 hour' else interval '0' end)`;

const statement = {
  name: 'stats-range',
  // Time zones are Postgres' affair alone: a day is 23, 24 or 25 hours, as the zone has it, and what is counted is compared
  // with where buckets begin. Days begin where the local date does, hours where a local hour does.
  text: `
    with named as (
      select case when $2::date is not null then ${beginningOf('$2::date::timestamp')} else $3::timestamptz end as since,
             case when $4::date is not null then ${beginningOf('($4::date + 1)::timestamp')}
                  else coalesce($5::timestamptz, clock_timestamp()) end as until
    ),
    asked as (
      select coalesce(n.since, ${beginningOf('f.day')}) as since, n.until
      from named n
      cross join lateral (
        select date_trunc('day', (n.until - interval '1 microsecond') at time zone $1) - interval '29 days' as day
      ) f
    ),
    starts as (
      select ${beginningOf('d.day')} as at
      from asked a
      cross join lateral generate_series(date_trunc('day', a.since at time zone $1),
                                         least(a.until, a.since + $7::int * interval '1 day') at time zone $1,
                                         interval '1 day') as d (day)
      where $6 = 'day' and ${beginningOf('d.day')} < a.until
      union all
      select h.at
      from asked a
      cross join lateral generate_series(date_trunc('hour', a.since, $1),
                                         least(a.until, a.since + $7 * interval '1 hour'), interval '1 hour') as h (at)
      where $6 = 'hour' and h.at < a.until
    )
    select a.since as "from", a.until as "to",
           array(select at from starts order by at) as starts,
           array(select to_char(at at time zone $1, 'YYYY-MM-DD"T"HH24:MI:SS') from starts order by at) as "localStarts"
    from asked a`,
};

/** A day of the site's calendar (`2026-11-01`), or a moment; null: not said. */
export interface Moment {
  readonly date: string | null;
  readonly at: Date | null;
}

export interface StatsRange {
  readonly from: Date;
  /** Not part of it. */
  readonly to: Date;
  /** Where the buckets begin, ascending; the first begins at `from` or before. */
  readonly starts: readonly Date[];
  /** The same on the clocks of the zone: `2026-11-01T00:00:00`. */
  readonly localStarts: readonly string[];
}

/**
 * What a question means on the calendar of a time zone. Without `from` the last 30 days of it, without `to` until now; the
 * day that `to` names is part of it.
 *
 * @param atMost more buckets than these are cut off
 */
export async function statsRange(
  db: Pick<Tx, 'query'>,
  asked: {
    readonly from: Moment;
    readonly to: Moment;
    readonly bucket: StatsBucket;
    readonly timeZone: string;
  },
  atMost: number,
): Promise<StatsRange> {
  const { from, to, bucket, timeZone } = asked;
  const values = [timeZone, from.date, from.at, to.date, to.at, bucket, atMost];
  const [range] = await db.query<StatsRange>(statement, values);
  if (range === undefined) throw new Error('no range of time');
  return range;
}
