import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const fold = {
  name: 'reconcile-log-fold',
  // What a follower of the log ends up with: of each image the highest version, the latest event of it.
  text: `
    with folded as (
      select distinct on (e.site_id, e.image_id)
             e.site_id, e.image_id, e.visibility, (e.visibility ->> 'version')::int as version
      from event e
      where e.visibility is not null and e.image_id is not null
      order by e.site_id, e.image_id, (e.visibility ->> 'version')::int desc, e.seq desc
    )
    select coalesce(i.site_id, f.site_id) as "siteId", coalesce(i.id, f.image_id) as "imageId",
           case when i.id is null then 'the log knows it, and no image does'
                when f.image_id is null
                  then format('it is %s at version %s, and the log never said so',
                              case when i.blocked then 'blocked' else 'visible' end, i.version)
                else format('it is %s, and the log says %s', s.visibility, f.visibility)
           end as problem
    from image i
    full join folded f on f.site_id = i.site_id and f.image_id = i.id
    cross join lateral (
      select case when i.blocked
                  then jsonb_build_object('blocked', true, 'version', i.version, 'reason', i.shown_reason,
                                          'since', floor(extract(epoch from i.since) * 1000)::bigint,
                                          'reviewed', i.reviewed)
                  else jsonb_build_object('blocked', false, 'version', i.version) end as visibility) s
    where i.id is null
       or i.merged_into is null and (f.image_id is null and (i.blocked or i.version > 0)
                                     or f.image_id is not null and f.visibility <> s.visibility)
    order by 1, 2
    limit ${MOST_PROBLEMS}`,
};

const order = {
  name: 'reconcile-log-order',
  text: `
    with seen as (
      select e.site_id, e.image_id, e.seq, e.visibility, (e.visibility ->> 'version')::int as version,
             lag(e.visibility) over w as before, (lag(e.visibility) over w ->> 'version')::int as version_before
      from event e
      where e.visibility is not null and e.image_id is not null
      window w as (partition by e.site_id, e.image_id order by e.seq)
    )
    select s.site_id as "siteId", s.image_id as "imageId",
           case when s.version < s.version_before
                then format('event %s takes its version back from %s to %s', s.seq, s.version_before, s.version)
                else format('event %s changes what is seen and stays at version %s', s.seq, s.version)
           end as problem
    from seen s
    where s.version < s.version_before
       or s.version = s.version_before
          and (s.visibility ->> 'blocked', s.visibility ->> 'reason')
              is distinct from (s.before ->> 'blocked', s.before ->> 'reason')
    order by s.site_id, s.image_id, s.seq
    limit ${MOST_PROBLEMS}`,
};

/** Images that look other than whoever folds the log believes (invariant 7). */
export const reconcileLogFold = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(fold);

/** Events that changed what is seen of an image without raising its version (invariant 6). */
export const reconcileLogOrder = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(order);
