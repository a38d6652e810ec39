import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const versions = {
  name: 'reconcile-content',
  // A block of a person speaks of the bytes that were there when it was set (src/core/human-word.ts).
  text: `
    with shown as (
      select i.site_id, i.id, i.content, i.kept_at, i.merged_into, v.version, v.left_at, v.verdict,
             exists (select from block b where b.site_id = i.site_id and b.image_id = i.id
                       and b.source in ('publisher', 'moderator')) as human,
             exists (select from block b where b.site_id = i.site_id and b.image_id = i.id
                       and b.source in ('publisher', 'moderator')
                       and b.since >= coalesce(i.content_changed_at, '-infinity')) as of_these
      from image i
      left join content_version v on v.site_id = i.site_id and v.image_id = i.id and v.version = i.content
      where i.content is not null and i.merged_into is null
    )
    select s.site_id as "siteId", s.id as "imageId",
           case when s.version is null then format('it shows version %s of its bytes, of which nothing is known', s.content)
                when s.left_at is not null then format('it shows version %s of its bytes, which have left', s.content)
                when s.of_these then 'a person blocks its bytes, and their verdict says nothing of it'
                when s.verdict = 'block' then 'the verdict on its bytes is block, and no person blocks it'
                else 'the verdict on its bytes is keep, and no person kept it'
           end as problem
    from shown s
    where s.version is null or s.left_at is not null
       or s.of_these and s.verdict is distinct from 'block'
       or not s.human and s.verdict = 'block'
       or s.verdict = 'keep' and s.kept_at is null
    union all
    select v.site_id, v.image_id,
           case when i.merged_into is not null then 'it became another image, and is said to have bytes'
                when v.left_at is null then format('version %s of its bytes is not shown, and never left', v.version)
                else format('version %s of its bytes set aside a block that is not theirs', v.version)
           end
    from content_version v
    join image i on i.site_id = v.site_id and i.id = v.image_id
    where i.merged_into is not null
       or v.left_at is null and v.version is distinct from i.content
       or exists (select from jsonb_array_elements(v.blocks) as b (block)
                  where b.block ->> 'source' not in ('threshold', 'moderator'))
    union all
    select a.site_id, a.image_id, format('its bytes bound the address %s to it, and it never had them', a.url)
    from address a
    where a.bound_by = 'bytes'
      and not exists (select from found_bytes f
                      join content_bytes b on b.site_id = a.site_id and b.image_id = a.image_id and b.sha256 = f.sha256
                      where f.hash = a.hash)
    order by 1, 2
    limit ${MOST_PROBLEMS}`,
};

/** Content versions, bytes and addresses bound by bytes that do not fit the images that show them. */
export const reconcileContent = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(versions);
