import type { Tx } from '../../tx.js';
import { CLAIMED, type ClaimedJob, TAKEN, WAITING } from './job-row.js';

/** Held by whoever takes jobs: two who count a lane's jobs at once would fill its last place twice. */
const TAKING = 7_240_002;

const turn = { name: 'take-jobs-turn', text: `select pg_advisory_xact_lock(${TAKING})` };

/** Not the clock itself, which would be asked for each row and so keep the index from being used. */
const DUE = 'coalesce($4::timestamptz, statement_timestamp())';

const statement = {
  name: 'take-jobs',
  // One step of job_waiting for each lane, however many jobs wait in it. Of the lanes with room, those with the fewest
  // under way come first, then those that have waited longest: each gets one job before any gets its second.
  text: `
    with recursive head (kind, lane, run_at) as (
      select h.kind, h.lane, h.run_at
      from unnest($1::text[]) as k (kind)
      cross join lateral (
        select j.kind, j.lane, j.run_at
        from job j
        where j.kind = k.kind and ${WAITING}
        order by j.lane, j.run_at, j.id
        limit 1
      ) h
      union all
      select h.kind, h.lane, h.run_at
      from head
      cross join lateral (
        select j.kind, j.lane, j.run_at
        from job j
        where j.kind = head.kind and j.lane > head.lane and ${WAITING}
        order by j.lane, j.run_at, j.id
        limit 1
      ) h
    ),
    open as materialized (
      select head.kind, head.lane, t.taken
      from head
      cross join lateral (select count(*)::int as taken from job j where j.lane = head.lane and ${TAKEN}) t
      where head.run_at <= ${DUE} and t.taken < $2
      order by t.taken, head.run_at
      limit $3
    ),
    candidate as materialized (
      select q.id, q.run_at, row_number() over (partition by open.lane order by q.run_at, q.id) + open.taken as place
      from open
      cross join lateral (
        select j.id, j.run_at
        from job j
        where j.kind = open.kind and j.lane = open.lane and ${WAITING} and j.run_at <= ${DUE}
          and ($5::timestamptz is null or j.claimed_at is null or j.claimed_at < $5)
        order by j.run_at, j.id
        limit $2 - open.taken
        for update of j skip locked
      ) q
    ),
    chosen as materialized (
      select id from candidate where place <= $2 order by place, run_at, id limit $3
    )
    update job j
    set relays        = j.relays + (not $6::boolean)::int,
        relayed_until = case when not $6 then clock_timestamp() + make_interval(secs => $7) end,
        attempts      = j.attempts + $6::int,
        locked_until  = case when $6 then clock_timestamp() + make_interval(secs => $7) end,
        claimed_at    = case when $6 then clock_timestamp() else j.claimed_at end
    from chosen
    where j.id = chosen.id
    returning ${CLAIMED}`,
};

/** The statement itself, for the test that looks at its plan. */
export const takeJobsStatement = statement;

/** Which jobs are taken, and what for. */
export interface Taking {
  /** Others are left to processes that know them. */
  readonly kinds: readonly string[];
  /** So many of one lane may be relayed and running at once, over all processes. */
  readonly perLane: number;
  readonly limit: number;
  /** Due until then; null: until now. */
  readonly upTo: Date | null;
  /** Leaves out what was claimed since; null: nothing. */
  readonly notSince: Date | null;
  /** Claimed, to be run at once; or relayed, to be claimed by whoever gets it. */
  readonly as: 'claimed' | 'relayed';
  /** How long that counts. */
  readonly seconds: number;
}

/**
 * Takes due jobs, fairly by lane.
 *
 * @param tx an indexed transaction of nothing else: it is over, for everybody who waits to take, with this
 */
export function takeJobs(tx: Tx, taking: Taking): Promise<ClaimedJob[]> {
  const { kinds, perLane, limit, upTo, notSince, as, seconds } = taking;
  tx.send(turn);
  return tx.finish(statement, [kinds, perLane, limit, upTo, notSince, as === 'claimed', seconds]);
}
