import { REASONS } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const tallies = {
  name: 'reconcile-tallies',
  // Votes are grouped by their reasons as stored before these are put in order: a few sets stand for millions of votes.
  text: `
    with given as (
      select v.site_id, v.image_id, v.round, v.reasons, count(*) as votes
      from vote v
      where v.withdrawn_at is null and v.left_out is null
      group by v.site_id, v.image_id, v.round, v.reasons
    ), counted as (
      select g.site_id, g.image_id, g.round, k.key, sum(g.votes)::int as votes
      from given g
      cross join lateral (
        select array_to_string(array(select r from unnest($1::text[]) with ordinality as o (r, n)
                                     where r = any (g.reasons) order by n), '+') as key) k
      group by g.site_id, g.image_id, g.round, k.key
    ), tallies as (
      select c.site_id, c.image_id, c.round, jsonb_object_agg(c.key, c.votes) as tally
      from counted c
      group by c.site_id, c.image_id, c.round
    )
    select i.site_id as "siteId", i.id as "imageId",
           format('its tally is %s, and its votes of round %s give %s', i.tally, i.round,
                  coalesce(t.tally, '{}')) as problem
    from image i
    left join tallies t on t.site_id = i.site_id and t.image_id = i.id and t.round = i.round
    where i.merged_into is null and i.tally <> coalesce(t.tally, '{}')
    order by i.site_id, i.id
    limit ${MOST_PROBLEMS}`,
};

const leftOut = {
  name: 'reconcile-left-out',
  text: `
    with given as (
      select v.site_id, v.image_id, v.round, v.left_out, count(*) as votes
      from vote v
      where v.withdrawn_at is null and v.left_out is not null
      group by v.site_id, v.image_id, v.round, v.left_out
    ), causes as (
      select g.site_id, g.image_id, g.round, jsonb_object_agg(g.left_out, g.votes) as left_out
      from given g
      group by g.site_id, g.image_id, g.round
    )
    select i.site_id as "siteId", i.id as "imageId",
           format('it leaves out %s, and its votes of round %s give %s', i.left_out, i.round,
                  coalesce(c.left_out, '{}')) as problem
    from image i
    left join causes c on c.site_id = i.site_id and c.image_id = i.id and c.round = i.round
    where i.merged_into is null and i.left_out <> coalesce(c.left_out, '{}')
    order by i.site_id, i.id
    limit ${MOST_PROBLEMS}`,
};

/** Images whose tally, or what it leaves out, is not what the votes of their round give (invariant 3). */
export const reconcileTallies = async (tx: Tx): Promise<ReconcileProblem[]> => {
  const found = [
    ...(await tx.query<ReconcileProblem>(tallies, [REASONS])),
    ...(await tx.query<ReconcileProblem>(leftOut)),
  ];
  return found.slice(0, MOST_PROBLEMS);
};
