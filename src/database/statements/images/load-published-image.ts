import type { BlockSource } from '../../../core/image-state.js';
import type { Policy } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'load-published-image',
  text: `
    select i.blocked, i.shown_reason as reason, i.reviewed, i.since, i.version, i.protected,
           coalesce((select jsonb_agg(jsonb_build_object('source', b.source, 'reason', b.reason, 'note', b.note,
                                                         'since', b.since) order by b.since)
                     from block b where b.site_id = i.site_id and b.image_id = i.id), '[]') as blocks,
           exists (select from moderation_case c where c.site_id = i.site_id and c.image_id = i.id
                                                   and c.status <> 'closed' and 'appealed' = any (c.flags)) as appealed,
           array(select a.url from address a where a.site_id = i.site_id and a.image_id = i.id order by a.url) as addresses
    from image i
    where i.site_id = $1 and i.id = $2`,
};

export interface PublishedImageRow {
  readonly blocked: boolean;
  readonly reason: Policy | null;
  readonly reviewed: boolean;
  readonly since: Date | null;
  readonly version: number;
  readonly protected: boolean;
  readonly appealed: boolean;
  readonly blocks: readonly {
    readonly source: BlockSource;
    readonly reason: Policy;
    readonly note: string | null;
    /** As JSON has it. */
    readonly since: string;
  }[];
  readonly addresses: string[];
}

export async function loadPublishedImage(
  db: Pick<Tx, 'query'>,
  siteId: string,
  imageId: string,
): Promise<PublishedImageRow | undefined> {
  const [row] = await db.query<PublishedImageRow>(statement, [siteId, imageId]);
  return row;
}
