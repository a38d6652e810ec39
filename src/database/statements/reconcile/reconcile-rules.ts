import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-rules',
  text: `
    select s.id as "siteId", null::bigint as "imageId",
           format('version %s of its rule is in force, and is not there', s.rule_version) as problem
    from site s
    where not exists (select from threshold_rule r where r.site_id = s.id and r.version = s.rule_version)
    order by s.id
    limit ${MOST_PROBLEMS}`,
};

/** Sites without the rule that is in force: no report of theirs could be counted. */
export const reconcileRules = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement);
