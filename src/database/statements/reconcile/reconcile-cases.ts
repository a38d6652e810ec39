import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-cases',
  // The constraint on cases that await a decision makes two of them impossible, unless an index is damaged: so this
  // counts them by a scan.
  text: `
    with awaiting as (
      select c.site_id, c.image_id, count(*) as cases, min(c.status) as status
      from moderation_case c
      where c.status in ('open', 'escalated')
      group by c.site_id, c.image_id
    )
    select i.site_id as "siteId", i.id as "imageId",
           case when a.cases > 1 then format('%s cases of it await a decision', a.cases)
                when i.merged_into is not null then 'it became another image, and a case of it awaits a decision'
                when a.cases is null then format('its review state is %s, and no case awaits a decision',
                                                 i.review_state)
                else format('its review state is %s, and its case is %s', i.review_state, a.status)
           end as problem
    from image i
    left join awaiting a on a.site_id = i.site_id and a.image_id = i.id
    where a.cases > 1
       or a.cases is not null and i.merged_into is not null
       or coalesce(a.status, '') <> case when i.review_state in ('open', 'escalated') then i.review_state else '' end
    order by i.site_id, i.id
    limit ${MOST_PROBLEMS}`,
};

/** Images with more than one case that awaits a decision, or with another review state than their case. */
export const reconcileCases = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement);
