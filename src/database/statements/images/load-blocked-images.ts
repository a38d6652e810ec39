import type { Reason } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';

/** A page goes by the index image_blocked, from key to key: nothing is read twice, whatever the number of blocks. */
const statement = {
  name: 'load-blocked-images',
  text: `
    select i.site_id       as "siteId",
           i.id            as "imageId",
           i.shown_reason  as reason,
           i.reviewed,
           i.version,
           floor(extract(epoch from i.since) * 1000)::float8 as since,
           i.key_hash      as "keyHash",
           array(select a.hash from address a where a.site_id = i.site_id and a.image_id = i.id) as addresses
    from image i
    where i.blocked and (i.site_id, i.id) > ($1::bigint, $2::bigint)
    order by i.site_id, i.id
    limit $3`,
};

/** `since` in ms since 1970. A merged image is never blocked: its key is an address of the surviving one. */
export interface BlockedImage {
  readonly siteId: string;
  readonly imageId: string;
  readonly reason: Reason;
  readonly reviewed: boolean;
  readonly version: number;
  readonly since: number;
  readonly keyHash: Buffer;
  readonly addresses: readonly Buffer[];
}

/** The next `limit` blocked images, of all sites, after the one given. */
export const loadBlockedImages = (
  tx: Tx,
  after: Pick<BlockedImage, 'siteId' | 'imageId'>,
  limit: number,
): Promise<BlockedImage[]> => tx.query(statement, [after.siteId, after.imageId, limit]);
