import type { Tx } from '../../tx.js';
import { COUNTS_FOR_BREAKER } from '../votes/rule-blocks.js';

/** What is usual is what was so within so many days. */
const DAYS = 28;
/** Of upheld blocks the latest so many say how fast and by whom they were reported: more would not say it better. */
const MOST_UPHELD = 1_000;

const due = {
  name: 'find-due-baselines',
  text: `
    select s.id
    from site s
    left join site_baseline b on b.site_id = s.id
    where b.at is null or b.at <= clock_timestamp() - interval '1 hour'
    order by b.at nulls first, s.id
    limit $1`,
};

const claim = {
  name: 'claim-baseline',
  text: `select pg_try_advisory_xact_lock(hashtextextended('site-baseline', $1::bigint)) as mine`,
};

/** Exported for the proof of its plan. */
export const measureBaselineStatement = {
  name: 'measure-baseline',
  // Nothing where another process has measured it since it was found due.
  //
  // Whatever took a block away says when that had begun, and so does the line of its beginning: on the image, or on one that became
  // part of it. Older lines do not; of these it is the first since then, unless the line is not looked at, as one of more than so
  // many days ago. One of the severe reason alone has no line here, also where it began in the same moment.
  text: `
    with recursive wanted as materialized (
      select s.id
      from site s
      where s.id = $1
        and not exists (select from site_baseline b where b.site_id = s.id and b.at > clock_timestamp() - interval '1 hour')
    ),
    begun as materialized (
      select e.site_id, e.image_id, e.seq, e.at, (e.data ->> 'since')::float8 as since
      from wanted s
      join event e on e.site_id = s.id and e.at > clock_timestamp() - interval '${DAYS} days' and ${COUNTS_FOR_BREAKER}
    ),
    -- With the image of each, and what that became part of: by their keys, however many there are thought to be.
    became as (
      select b.seq, b.at, b.since, b.site_id, b.image_id from begun b
      union all
      select b.seq, b.at, b.since, b.site_id, i.merged_into
      from became b
      cross join lateral (
        select i.merged_into from image i where i.site_id = b.site_id and i.id = b.image_id limit 1
      ) i
      where i.merged_into is not null
    ),
    ended as (
      select b.seq, b.at, b.site_id, b.image_id, o.action, o.id, o.block
      from became b
      cross join lateral (
        select d.action, d.id, r.block
        from decision d
        cross join jsonb_array_elements(d.delta -> 'removed') as r (block)
        where d.site_id = b.site_id and d.image_id = b.image_id and d.at >= b.at and d.undone_at is null
          and d.action in ('block', 'keep')
        union all
        select 'lifted', l.seq, r.block
        from event l
        cross join jsonb_array_elements(l.data -> 'lifted') as r (block)
        -- By event_image: event_site is no use for a sum, and would walk the site's log.
        where l.site_id = b.site_id and l.image_id = b.image_id and l.seq + 0 > b.seq
          and l.type in ('protection.set', 'case.overdue', 'image.merged', 'decision.undone')
      ) o
      where o.block ->> 'source' = 'threshold' and o.block #>> '{evidence,crossedBy}' is distinct from 'severe'
        and case when b.since is not null then (o.block ->> 'since')::float8 = b.since
                 else (o.block ->> 'since')::float8 / 1000 <= extract(epoch from b.at)
                      and to_timestamp((o.block ->> 'since')::float8 / 1000) > clock_timestamp() - interval '${DAYS} days' end
    ),
    met as (
      select distinct on (e.image_id, e.action, e.id) e.* from ended e order by e.image_id, e.action, e.id, e.at, e.seq
    ),
    -- Of all that is told of one, that it was upheld comes first.
    blocks as materialized (
      select distinct on (m.seq)
             m.seq, m.at, m.site_id, m.image_id, m.action, (m.block ->> 'ref')::int as round,
             (m.block ->> 'ruleVersion')::int as rule_version,
             to_timestamp((m.block ->> 'since')::float8 / 1000) as since
      from met m
      order by m.seq, m.action
    ),
    upheld as (
      select v.span, v.share
      from (select b.* from blocks b where b.action = 'block' order by b.at desc limit ${MOST_UPHELD}) b
      join threshold_rule t on t.site_id = b.site_id and t.version = b.rule_version
      cross join lateral (
        select extract(epoch from max(c.at) filter (where c.n = (t.rule ->> 'reporters')::int) - min(c.at)) as span,
               count(*) filter (where c.age_minutes < $2)::float8 / nullif(count(c.age_minutes), 0) as share
        from (
          select v.at, v.age_minutes, row_number() over (order by v.at) as n
          from vote v
          where v.site_id = b.site_id and v.image_id = b.image_id and v.round = b.round and v.left_out is null
            -- Blocks have their times in whole milliseconds.
            and v.at < b.since + interval '1 ms'
            and v.at > b.since - make_interval(hours => (t.rule ->> 'windowHours')::int)
            and (v.withdrawn_at is null or v.withdrawn_at > b.since)
        ) c
      ) v
    )
    insert into site_baseline (site_id, at, blocks_per_hour, upheld, span_seconds, newcomer_share)
    select s.id, clock_timestamp(),
           ((select count(*) from begun) - (select count(*) from blocks b where b.action <> 'block')) / (${DAYS} * 24.0),
           (select count(*) from blocks b where b.action = 'block'),
           (select percentile_cont(0.5) within group (order by u.span) from upheld u having count(u.span) >= $3),
           (select percentile_cont(0.9) within group (order by u.share) from upheld u having count(u.share) >= $3)
    from wanted s
    on conflict (site_id) do update
    set at = excluded.at, blocks_per_hour = excluded.blocks_per_hour, upheld = excluded.upheld,
        span_seconds = excluded.span_seconds, newcomer_share = excluded.newcomer_share`,
};

/** At most so many sites of which what is usual was never measured, or not within the last hour; the oldest first. */
export const findDueBaselines = async (db: Pick<Tx, 'query'>, limit: number): Promise<string[]> =>
  (await db.query<{ id: string }>(due, [limit])).map(({ id }) => id);

/** Whether this transaction may measure the site: another one may be at it. */
export async function claimBaseline(tx: Tx, siteId: string): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }>(claim, [siteId]);
  return row?.mine === true;
}

/**
 * Measures what is usual on a site, of the last 28 days, and keeps it. Nothing where that was done within the hour.
 *
 * @param newcomerMinutes for how long a reporter is a newcomer
 * @param leastUpheld from how many upheld blocks on their votes say what is usual
 * @returns whether it measured
 */
export const measureBaseline = async (
  tx: Tx,
  siteId: string,
  { newcomerMinutes, leastUpheld }: { readonly newcomerMinutes: number; readonly leastUpheld: number },
): Promise<boolean> => (await tx.count(measureBaselineStatement, [siteId, newcomerMinutes, leastUpheld])) > 0;
