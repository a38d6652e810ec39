import type { Tx } from '../../tx.js';

/** Into which steps a time is cut: by the site's own days, or by hours. */
export type StatsBucket = 'day' | 'hour';

const statement = {
  name: 'stats-range',
  // Time zones are Postgres' affair alone: a day is 23, 24 or 25 hours, as the zone has it, and what is counted is compared
  // with where buckets begin. Days begin where the local date does, hours where a local hour does.
  text: `
    with named as (
      select case when $2::date is not null then $2::date::timestamp at time zone $1::text else $3::timestamptz end as since,
             case when $4::date is not null then ($4::date + 1)::timestamp at time zone $1
                  else coalesce($5::timestamptz, clock_timestamp()) end as until
    ),
    asked as (
      select coalesce(since, (date_trunc('day', (until - interval '1 microsecond') at time zone $1) - interval '29 days')
                             at time zone $1) as since,
             until
      from named
    ),
    starts as (
      select d.day at time zone $1 as at
      from asked a
      cross join lateral generate_series(date_trunc('day', a.since at time zone $1),
                                         least(a.until, a.since + $7::int * interval '1 day') at time zone $1,
                                         interval '1 day') as d (day)
      where $6 = 'day' and d.day at time zone $1 < a.until
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
