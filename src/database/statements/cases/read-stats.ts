import type { Tx } from '../../tx.js';
import { BEGINS_HERE } from '../votes/rule-blocks.js';

/**
 * A block that begins: not the site's own with other words, nor one that comes back (rule-blocks.ts), nor one by match where another
 * stood, which its event says (src/core/commands/match.ts).
 */
const BEGINS = `
        e.type = 'block.added' and e.data->>'source' = 'publisher'
        and not (
          select coalesce(max(w.seq) filter (where w.type <> 'block.removed'), 0)
                 > coalesce(max(w.seq) filter (where w.type = 'block.removed'), 0)
          from event w
          where w.site_id = e.site_id and w.image_id = e.image_id and w.seq < e.seq
            and (w.type in ('block.added', 'block.removed') and w.data->>'source' = 'publisher'
                 or w.type = 'image.merged' and w.data->'blocks' ? 'publisher'))
        or e.data->>'source' in ('threshold', 'match')
           and e.data->'stood' is distinct from 'true'
           and ${BEGINS_HERE}`;

const statement = {
  name: 'read-stats',
  // Everything that is counted becomes a row (bucket, measure, reason, person, how often, seconds), votes by the thousand;
  // grouping sets make of them buckets, reasons, people and the whole at once.
  //
  // Measured with Postgres 15 on a year of 2 million votes, 333,000 cases and 317,000 decisions, 9 of 10 of them this site's:
  // a month (153,000 votes, 25,500 decisions) takes 340 ms, a week 125 ms, the year 3.5 s; without the indexes the month takes
  // 500 to 750 ms, and more with each year. Compiled (jit) it takes 1.2 s, of which 1.1 is compiling. vote_at as BRIN is
  // 48 kB and inserting 200,000 votes as fast as without (0.66 s and 0.7); as B-tree 51 MB and 0.77 s. To
  // tell 53,000 lines of the site's own blocks apart, and decisions by policy, costs nothing that can be told from noise.
  text: `
    with reports as materialized (
      select width_bucket(v.at, $4::timestamptz[]) as bucket, v.reasons, count(*) as n
      from vote v
      where v.site_id = $1 and v.at >= $2 and v.at < $3 and v.withdrawn_at is null and v.left_out is distinct from 'linked'
        -- Votes of an image that became another's were copied there. Hashed, however many such images there are: as a join
        -- it is a loop of minutes where statistics of the table know nothing of them yet.
        and (v.image_id, v.round) not in (select i.id, i.round from image i where i.site_id = $1 and i.merged_into is not null)
      group by 1, 2
    ),
    blocks as (
      select width_bucket(e.at, $4::timestamptz[]) as bucket, e.image_id, e.data->>'source' as source,
             e.data->>'reason' as reason, e.at
      from event e
      where e.site_id = $1 and e.at >= $2 and e.at < $3 and e.type in ('image.blocked', 'block.added') and (${BEGINS})
    ),
    decisions as (
      select width_bucket(d.at, $4::timestamptz[]) as bucket, d.action, d.policy, d.staff_id, d.undone_at is not null as undone,
             -- Of a case that an appeal opened again, since then. One that came after the decision says nothing of it: the log knows
             -- of those before.
             extract(epoch from d.at - case when c.waiting_since between c.opened_at and d.at then c.waiting_since
                                            when c.waiting_since > d.at
                                            then greatest(c.opened_at, (select max(e.at) from event e
                                                                        where e.site_id = d.site_id and e.image_id = d.image_id
                                                                          and e.case_id = c.id and e.type = 'case.opened'
                                                                          and e.at <= d.at))
                                            else c.opened_at end)::float8 as seconds,
             (select r.block->>'reason' from jsonb_array_elements(d.delta->'removed') as r (block)
              where r.block->>'source' = 'threshold' limit 1) as rule_reason
      from decision d
      left join moderation_case c on c.id = d.case_id and c.site_id = d.site_id
      where d.site_id = $1 and d.at >= $2 and d.at < $3
    ),
    facts (bucket, measure, reason, staff_id, n, seconds) as (
      select bucket, 'report', null, null::bigint, n, null::float8 from reports
      union all
      select r.bucket, 'reason', g.reason, null, r.n, null from reports r cross join unnest(r.reasons) as g (reason)
      union all
      select b.bucket, b.source, b.reason, null, 1, extract(epoch from b.at - f.at)::float8
      from blocks b
      -- The first report of the round whose votes were the last before the block.
      left join lateral (
        select min(v.at) as at
        from vote v
        where b.source = 'threshold' and v.site_id = $1 and v.image_id = b.image_id and v.at <= b.at
          and v.round = (select l.round from vote l
                         where l.site_id = $1 and l.image_id = b.image_id and l.at <= b.at
                         order by l.round desc limit 1)
      ) f on true
      union all
      select width_bucket(c.opened_at, $4::timestamptz[]), 'opened', null, null, count(*), null
      from moderation_case c
      where c.site_id = $1 and c.status in ('open', 'escalated', 'closed') and c.opened_at >= $2 and c.opened_at < $3
      group by 1
      union all
      select width_bucket(c.closed_at, $4::timestamptz[]),
             case when c.outcome in ('merged', 'superseded') then c.outcome else 'decided' end, null, null, count(*), null
      from moderation_case c
      where c.site_id = $1 and c.status = 'closed' and c.closed_at >= $2 and c.closed_at < $3
      group by 1, 2
      union all
      select bucket, case when undone then 'undone' else action end, coalesce(policy, rule_reason), staff_id, 1,
             case when not undone and action <> 'escalate' then seconds end
      from decisions
      union all
      select bucket, case action when 'block' then 'upheld' else 'overturned' end, rule_reason, null, 1, null
      from decisions
      where rule_reason is not null and not undone and action <> 'escalate'
    ),
    figures as (
      select grouping(bucket, reason, staff_id) as grouped, bucket, reason, staff_id,
             coalesce(sum(n) filter (where measure = 'report'), 0)::int as reports,
             coalesce(sum(n) filter (where measure = 'reason'), 0)::int as "reportsOfReason",
             coalesce(sum(n) filter (where measure = 'opened'), 0)::int as opened,
             coalesce(sum(n) filter (where measure = 'decided'), 0)::int as decided,
             coalesce(sum(n) filter (where measure = 'merged'), 0)::int as merged,
             coalesce(sum(n) filter (where measure = 'superseded'), 0)::int as superseded,
             count(*) filter (where measure = 'threshold')::int as "byRule",
             count(*) filter (where measure = 'publisher')::int as "byPublisher",
             count(*) filter (where measure = 'match')::int as "byMatch",
             count(*) filter (where measure = 'upheld')::int as upheld,
             count(*) filter (where measure = 'overturned')::int as overturned,
             count(*) filter (where measure = 'block')::int as block,
             count(*) filter (where measure = 'keep')::int as keep,
             count(*) filter (where measure = 'escalate')::int as escalate,
             count(*) filter (where measure = 'undone')::int as undone,
             percentile_cont(array[0.5, 0.9]) within group (order by seconds)
               filter (where measure = 'threshold') as "toBlock",
             percentile_cont(array[0.5, 0.9]) within group (order by seconds)
               filter (where measure in ('block', 'keep')) as "toDecision"
      from facts
      group by grouping sets ((bucket), (reason), (staff_id), ())
    )
    select f.*, a.email
    from figures f
    left join staff a on a.id = f.staff_id
    -- What has no reason and no author belongs to neither table.
    where f.grouped not in (5, 6) or f.reason is not null or f.staff_id is not null`,
};

/** Which of the four tables a row belongs to: what `grouping` says of (bucket, reason, staff_id). */
const GROUPED = { buckets: 3, reasons: 5, moderators: 6, totals: 7 } as const;

/** What is counted of one bucket, one reason, one person, or altogether. Times in seconds: median and the ninth tenth. */
export interface StatsRow {
  readonly grouped: number;
  /** From 1. */
  readonly bucket: number | null;
  readonly reason: string | null;
  readonly staff_id: string | null;
  readonly email: string | null;
  readonly reports: number;
  readonly reportsOfReason: number;
  readonly opened: number;
  readonly decided: number;
  readonly merged: number;
  readonly superseded: number;
  readonly byRule: number;
  readonly byPublisher: number;
  readonly byMatch: number;
  readonly upheld: number;
  readonly overturned: number;
  readonly block: number;
  readonly keep: number;
  readonly escalate: number;
  readonly undone: number;
  readonly toBlock: readonly [number, number] | null;
  readonly toDecision: readonly [number, number] | null;
}

export type StatsTables = Readonly<Record<keyof typeof GROUPED, readonly StatsRow[]>>;

/**
 * What happened on a site from one time to another, without the buckets in which nothing did.
 *
 * @param starts of the buckets, ascending; the first is not after `from`
 */
export async function readStats(
  db: Pick<Tx, 'query'>,
  asked: {
    readonly siteId: string;
    readonly from: Date;
    readonly to: Date;
    readonly starts: readonly Date[];
  },
): Promise<StatsTables> {
  const { siteId, from, to, starts } = asked;
  const rows = await db.query<StatsRow>(statement, [siteId, from, to, starts]);
  const of = (table: keyof typeof GROUPED): StatsRow[] =>
    rows.filter((row) => row.grouped === GROUPED[table]);
  return {
    buckets: of('buckets'),
    reasons: of('reasons'),
    moderators: of('moderators'),
    totals: of('totals'),
  };
}
