import type { Statement } from '../../statement.js';
import type { Tx } from '../../tx.js';
import { listedImageColumns, type ListedImageRow } from './image-row.js';

export type ImageListState = 'all' | 'blocked' | 'visible' | 'protected' | 'open' | 'escalated' | 'closed';

// What an index is for is written as the index says it; the other states are filtered on a walk of the primary key.
const CONDITIONS: Record<ImageListState, string> = {
  all: 'i.merged_into is null',
  blocked: 'i.blocked',
  visible: 'not i.blocked and i.merged_into is null',
  protected: 'i.protected and i.merged_into is null',
  closed: `i.review_state = 'closed' and i.merged_into is null`,
  open: awaiting('open'),
  escalated: awaiting('escalated'),
};

/** By moderation_case_awaiting, which holds the cases that await a decision and nothing else. */
function awaiting(status: string): string {
  return `i.id in (select c.image_id from moderation_case c
                         where c.site_id = w.site_id and c.status <> 'closed' and c.status = '${status}')`;
}

const statementOf = (state: ImageListState): Statement => ({
  name: `list-images-${state}`,
  text: `
    select ${listedImageColumns} as image
    from unnest(coalesce($1::bigint[], array(select id from site))) as w (site_id)
    join site s on s.id = w.site_id
    cross join lateral (
      select *
      from image i
      where i.site_id = w.site_id and i.id < $2 and ${CONDITIONS[state]}
      order by i.id desc
      limit $3
    ) i
    order by i.id desc
    limit $3`,
});

const followers: Statement = {
  name: 'list-followers',
  // By block_match.
  text: `
    select ${listedImageColumns} as image
    from block b
    join image i on i.site_id = b.site_id and i.id = b.image_id
    join site s on s.id = i.site_id
    where b.site_id = $1 and b.source = 'match' and b.ref = $2::bigint::text and b.image_id < $3
    order by b.image_id desc
    limit $4`,
};

/** Greater than any id. */
const END = '9223372036854775807';

/** A page of images of these sites (null: of all) in some state, the newest first. */
export async function listImages(
  db: Pick<Tx, 'query'>,
  siteIds: readonly string[] | null,
  state: ImageListState,
  before: string | null,
  limit: number,
): Promise<ListedImageRow[]> {
  const rows = await db.query<{ image: ListedImageRow }>(statementOf(state), [siteIds, before ?? END, limit]);
  return rows.map(({ image }) => image);
}

/** A page of the images that follow this one's block, the newest first. */
export async function listFollowers(
  db: Pick<Tx, 'query'>,
  image: { readonly siteId: string; readonly id: string },
  before: string | null,
  limit: number,
): Promise<ListedImageRow[]> {
  const values = [image.siteId, image.id, before ?? END, limit];
  const rows = await db.query<{ image: ListedImageRow }>(followers, values);
  return rows.map(({ image: follower }) => follower);
}
