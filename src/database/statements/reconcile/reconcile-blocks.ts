import { BLOCK_SOURCES } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-blocks',
  // The strongest source gives the shown reason, the earliest of its blocks; of equally early ones any will do.
  text: `
    with ranked as (
      select b.site_id, b.image_id, b.reason, b.source,
             rank() over (partition by b.site_id, b.image_id
                          order by array_position($1::text[], b.source), b.since) as place
      from block b
    ), causes as (
      select r.site_id, r.image_id,
             array_agg(r.reason) filter (where r.place = 1)        as shown,
             bool_or(r.source in ('publisher', 'moderator'))       as reviewed
      from ranked r
      group by r.site_id, r.image_id
    )
    select i.site_id as "siteId", i.id as "imageId",
           case
             when i.blocked and c.image_id is null     then 'it is blocked, and no block stands'
             when i.merged_into is not null            then 'it became another image, and a block of it stands'
             when not i.blocked                        then 'it is visible, and a block stands'
             when not i.shown_reason = any (c.shown)   then format('it shows %s, and its strongest block says %s',
                                                                   i.shown_reason, c.shown[1])
             when i.reviewed <> c.reviewed             then format('reviewed is %s, and its blocks say %s',
                                                                   i.reviewed, c.reviewed)
             else 'it is blocked, and its version says that it was never seen so'
           end as problem
    from image i
    left join causes c on c.site_id = i.site_id and c.image_id = i.id
    where i.blocked <> (c.image_id is not null)
       or i.blocked and (not i.shown_reason = any (c.shown) or i.reviewed <> c.reviewed or i.version = 0)
    order by i.site_id, i.id
    limit ${MOST_PROBLEMS}`,
};

/** Images whose visible state does not follow from the blocks that stand. */
export const reconcileBlocks = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement, [BLOCK_SOURCES]);
