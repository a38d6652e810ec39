import { AT_THRESHOLD } from '../../../core/priority.js';
import type { Tx } from '../../tx.js';
import { secondsLate } from '../readers/forget-readers.js';
import { TAKEN, WAITING } from '../jobs/job-row.js';

/** Milliseconds in which Postgres must have answered: whoever asks does so every few seconds. */
const PATIENCE = 2_000;

/** No bitmaps: what makes one reads all that an index has before the first row, whatever the limit. */
const setUp = {
  name: 'operation-facts-set-up',
  text: `
    select set_config('statement_timeout', '${PATIENCE}', true), set_config('enable_bitmapscan', 'off', true)`,
};

/** No number of a kind, a state or an endpoint is counted any further. */
const COUNTED_AT_MOST = 10_000;
/** Lanes of jobs that are looked at. */
const MOST_LANES = 5_000;
/** Of the open cases by age so many are looked at, since one that was opened again waits only since then. */
const OLDEST_CASES = 100;

const secondsSince = (time: string): string => `extract(epoch from clock_timestamp() - ${time})::float8`;

export const operationFactsStatement = {
  name: 'read-operation-facts',
  // Everything by an index and with a limit, so that it costs some milliseconds however much there is. Of all sites
  // together a hundred thousand cases are counted at most. Not the clock itself, which no index is asked for.
  text: `
    with recursive lane (kind, lane, run_at, n) as (
      (select j.kind, j.lane, j.run_at, 1
       from job j
       where ${WAITING}
       order by j.kind, j.lane, j.run_at, j.id
       limit 1)
      union all
      select h.kind, h.lane, h.run_at, lane.n + 1
      from lane
      cross join lateral (
        select j.kind, j.lane, j.run_at
        from job j
        where (j.kind, j.lane) > (lane.kind, lane.lane) and ${WAITING}
        order by j.kind, j.lane, j.run_at, j.id
        limit 1
      ) h
      where lane.n < ${MOST_LANES}
    ),
    taken as materialized (
      select j.kind, j.run_at, j.relayed_until is not null as relayed
      from job j
      where ${TAKEN}
      limit ${COUNTED_AT_MOST}
    ),
    dead as materialized (
      select j.kind from job j where j.outcome = 'dead' limit ${COUNTED_AT_MOST}
    ),
    kind as materialized (
      select kind from lane union select kind from taken union select kind from dead
    ),
    jobs as (
      select k.kind,
             (select count(*)
              from (select from job j where j.kind = k.kind and ${WAITING} limit ${COUNTED_AT_MOST}) w)::int as waiting,
             (select count(*) from taken t where t.kind = k.kind and not t.relayed)::int as running,
             (select count(*) from dead d where d.kind = k.kind)::int as dead,
             ${secondsSince(`(
               select min(d.run_at)
               from (select l.run_at from lane l where l.kind = k.kind and l.run_at <= statement_timestamp()
                     union all
                     select t.run_at from taken t where t.kind = k.kind and t.relayed) d)`)} as "dueSeconds"
      from kind k
    ),
    -- By moderation_case_age, moderation_case_queue, event_rule_blocks and event_breaker.
    most as materialized (
      select greatest(100, least(${COUNTED_AT_MOST}, 100000 / greatest(1, count(*))))::int as n from site
    ),
    cases as (
      select s.slug,
             (select count(*)
              from (select from moderation_case c
                    where c.site_id = s.id and c.status = 'open'
                    order by c.opened_at, c.id limit (select n from most)) o)::int as open,
             ${secondsSince(`(
               select min(o.since)
               from (select coalesce(c.waiting_since, c.opened_at) as since
                     from moderation_case c
                     where c.site_id = s.id and c.status = 'open'
                     order by c.opened_at, c.id limit ${OLDEST_CASES}) o)`)} as "openSeconds",
             u.urgent, u.held, u.severe, u.overdue, u."urgentSeconds", u."heldSeconds", u."severeSeconds",
             e.escalated, e."escalatedSeconds",
             (select count(*)
              from (select from event v
                    where v.site_id = s.id and v.at > statement_timestamp() - interval '1 hour'
                      and v.type in ('image.blocked', 'block.added') and v.data ->> 'source' = 'threshold'
                    limit ${COUNTED_AT_MOST}) b)::int as "ruleBlocks",
             exists (select from event v
                     where v.site_id = s.id and v.at > statement_timestamp() - interval '1 hour'
                       and v.type = 'site.breaker') as tripped
      from site s
      cross join lateral (
        select count(*)::int as urgent, count(*) filter (where q.held)::int as held,
               count(*) filter (where q.severe)::int as severe,
               count(*) filter (where q.overdue_for is not null)::int as overdue,
               ${secondsSince('min(q.since)')} as "urgentSeconds",
               ${secondsSince('min(q.since) filter (where q.held)')} as "heldSeconds",
               ${secondsSince('min(q.since) filter (where q.severe)')} as "severeSeconds"
        from (select c.held, c.severe, c.overdue_for, coalesce(c.waiting_since, c.opened_at) as since
              from moderation_case c
              where c.site_id = s.id and c.status = 'open' and c.priority >= ${AT_THRESHOLD}
              order by c.priority desc, c.opened_at, c.id
              limit (select n from most)) q
      ) u
      cross join lateral (
        select count(*)::int as escalated, ${secondsSince('min(q.since)')} as "escalatedSeconds"
        from (select coalesce(c.waiting_since, c.opened_at) as since
              from moderation_case c
              where c.site_id = s.id and c.status = 'escalated'
              order by c.opened_at, c.id
              limit (select n from most)) q
      ) e
      order by s.id
    ),
    endpoint as (
      select w.disabled_reason as reason, p.pending, p.oldest
      from webhook_endpoint w
      cross join lateral (
        select count(*)::int as pending, min(m.created_at) as oldest
        from (select m.created_at
              from webhook_message m
              where m.site_id = w.site_id and m.endpoint_id = w.id and m.status = 'pending'
              limit ${COUNTED_AT_MOST}) m
      ) p
    )
    select extract(epoch from clock_timestamp())::float8 as clock,
           pg_database_size(current_database())::float8 as bytes,
           (select coalesce(max(e.seq), 0) from event e)::float8 as head,
           ${secondsSince('(select e.at from event e where e.seq > $1 order by e.seq limit 1)')} as "unreadSeconds",
           (select c.seq from webhook_cursor c)::float8 as "fanOut",
           ${secondsSince(`(
             select e.at from event e
             where e.seq > (select c.seq from webhook_cursor c)
             order by e.seq limit 1)`)} as "fanOutSeconds",
           greatest(0, (${secondsLate('$2')})) as "forgetLateSeconds",
           (select coalesce(json_agg(j), '[]') from jobs j) as jobs,
           (select coalesce(json_agg(c), '[]') from cases c) as cases,
           (select json_build_object(
              'pending', coalesce(sum(w.pending) filter (where w.reason is null), 0),
              'oldestSeconds', ${secondsSince('min(w.oldest) filter (where w.reason is null)')},
              'by_site', count(*) filter (where w.reason = 'by_site'),
              'gone', count(*) filter (where w.reason = 'gone'),
              'failing', count(*) filter (where w.reason = 'failing'))
            from endpoint w) as webhooks`,
};

/** The jobs of one kind that are not done. Seconds: of the longest due one; null: none is due. */
export interface JobFacts {
  readonly kind: string;
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  readonly dueSeconds: number | null;
}

/** What waits at a site. Seconds: of what has waited longest; null: nothing waits. */
export interface CaseFacts {
  readonly slug: string;
  readonly open: number;
  readonly openSeconds: number | null;
  /** Open, and at the threshold, held, appealed or severe. */
  readonly urgent: number;
  readonly urgentSeconds: number | null;
  readonly held: number;
  readonly heldSeconds: number | null;
  readonly severe: number;
  readonly severeSeconds: number | null;
  readonly escalated: number;
  readonly escalatedSeconds: number | null;
  /** Open, and an alert of it was given. */
  readonly overdue: number;
  /** By the rule within the last hour. */
  readonly ruleBlocks: number;
  /** The breaker, within the last hour. */
  readonly tripped: boolean;
}

/** What is the same in every process of an installation. */
export interface OperationFacts {
  /** Of Postgres, in seconds since 1970. */
  readonly clock: number;
  /** Of the database on its disk. */
  readonly bytes: number;
  /** The number of the last event. */
  readonly head: number;
  /** How long ago the first event was written that whoever asks has not read; null: it has read all. */
  readonly unreadSeconds: number | null;
  /** Up to which event messages were made, and since when one waits for that. */
  readonly fanOut: number;
  readonly fanOutSeconds: number | null;
  /** For how long readers of some image should have been forgotten who are not; 0: all are. */
  readonly forgetLateSeconds: number;
  readonly jobs: readonly JobFacts[];
  /** All sites, the oldest first. */
  readonly cases: readonly CaseFacts[];
  /** Of endpoints that are not disabled; and how many are, by why. */
  readonly webhooks: {
    readonly pending: number;
    readonly oldestSeconds: number | null;
    readonly by_site: number;
    readonly gone: number;
    readonly failing: number;
  };
}

/**
 * @param tx an indexed transaction of its own: whatever takes longer than two seconds in it is cut off
 * @param readUpTo the number of the last event that whoever asks has read
 * @param pseudonymDays `readers.pseudonymDays`
 */
export async function readOperationFacts(
  tx: Tx,
  readUpTo: number,
  pseudonymDays: number,
): Promise<OperationFacts> {
  tx.send(setUp);
  const [facts] = await tx.query<OperationFacts>(operationFactsStatement, [readUpTo, pseudonymDays]);
  if (facts === undefined) throw new Error('there were no facts');
  return facts;
}
