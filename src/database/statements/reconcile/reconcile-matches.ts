import type { Tx } from '../../tx.js';
import { areSameBytes, humanBlocks, isSamePicture } from '../content/match-terms.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-matches',
  // What a job that waits will put right is no problem.
  text: `
    with waiting as materialized (
      select distinct (payload ->> 'site')::bigint as site_id, (payload ->> 'image')::bigint as image_id
      from job
      where kind in ('spread-block', 'match-content') and outcome is null
    ), followers as (
      select b.site_id, b.image_id, 'it follows image ' || b.ref || ', of which no person blocked these bytes' as problem
      from block b
      where b.source = 'match'
        and not exists (
          select from ${humanBlocks}
          join content_bytes f on f.site_id = v.site_id and f.image_id = b.image_id
          where v.site_id = b.site_id and v.verdict = 'block'
            and v.image_id = case when b.source = 'match' then b.ref::bigint end and v.image_id <> b.image_id
            and (${areSameBytes('f', 's')} or ${isSamePicture('f', 's')}))
        and not exists (select from waiting w where w.site_id = b.site_id and w.image_id::text = b.ref)
    ), left_behind as (
      select distinct on (i.site_id, i.id)
             i.site_id, i.id, 'it is visible, and a person blocked its bytes as those of image ' || v.image_id as problem
      from ${humanBlocks}
      join content_bytes f on f.site_id = s.site_id and ${areSameBytes('f', 's')} and f.image_id <> s.image_id
      join image i on i.site_id = f.site_id and i.id = f.image_id and i.content = f.version
      where v.verdict = 'block'
        and i.merged_into is null and not i.blocked and not i.protected and i.kept_at is null
        and not exists (select from waiting w
                        where w.site_id = i.site_id and w.image_id in (i.id, v.image_id))
      order by i.site_id, i.id, v.image_id
    )
    select site_id as "siteId", image_id as "imageId", problem
    from (select * from followers union all select * from left_behind) p
    order by site_id, image_id
    limit ${MOST_PROBLEMS}`,
};

/** Images that follow another without a cause, and images that should follow one and do not (docs/adr/0019). */
export const reconcileMatches = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement);
