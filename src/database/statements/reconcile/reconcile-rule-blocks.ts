import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-rule-blocks',
  text: `
    select b.site_id as "siteId", b.image_id as "imageId",
           'a rule blocks it, and no case of it awaits a decision' as problem
    from block b
    where b.source = 'threshold'
      and not exists (select from moderation_case c
                      where c.site_id = b.site_id and c.image_id = b.image_id and c.status <> 'closed')
    order by b.site_id, b.image_id
    limit ${MOST_PROBLEMS}`,
};

/** Images that a rule blocks although nobody is asked to review them (invariant 5). */
export const reconcileRuleBlocks = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement);
