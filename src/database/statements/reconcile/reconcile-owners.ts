import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-owners',
  // Neither has a foreign key (docs/adr/0009): this is what they would prove.
  text: `
    select i.site_id as "siteId", i.id as "imageId", 'its site is not there' as problem
    from image i
    where not exists (select from site s where s.id = i.site_id)
    union all
    select c.site_id, c.image_id, format('its case %s stands for no image', c.id)
    from moderation_case c
    where not exists (select from image i where i.site_id = c.site_id and i.id = c.image_id)
    order by 1, 2
    limit ${MOST_PROBLEMS}`,
};

/** Images of no site, and cases of no image. */
export const reconcileOwners = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement);
