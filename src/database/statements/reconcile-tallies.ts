import { REASONS } from '../../core/reasons.js';
import type { Tx } from '../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
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

/** Images whose tally is not what the counted votes of their round give (invariant 3). */
export const reconcileTallies = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement, [REASONS]);
