import { REASONS } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-votes',
  // A vote has no foreign key: this is what one would prove.
  text: `
    select v.site_id as "siteId", v.image_id as "imageId",
           case when i.id is null then format('%s votes of round %s stand for no image', count(*), v.round)
                when v.round > i.round
                  then format('%s votes are of round %s, and the image is in round %s', count(*), v.round, i.round)
                else format('%s votes of round %s give a reason that does not exist', count(*), v.round)
           end as problem
    from vote v
    left join image i on i.site_id = v.site_id and i.id = v.image_id
    where i.id is null or v.round > i.round or not v.reasons <@ $1::text[]
    group by v.site_id, v.image_id, v.round, i.id, i.round
    order by v.site_id, v.image_id
    limit ${MOST_PROBLEMS}`,
};

/** Votes that stand for no image, for a round that has not begun, or for no known reason (invariant 2). */
export const reconcileVotes = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement, [REASONS]);
