import type { Reason } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';
import { namedImageColumns, type NamedImageRow } from './named-image.js';

/** By the index image_blocked, from key to key. */
export const listBlockedStatement = {
  name: 'list-blocked-images',
  text: `
    select i.id, i.shown_reason as reason, i.version,
           floor(extract(epoch from i.since) * 1000)::float8 as since,
           ${namedImageColumns}
    from image i
    where i.blocked and i.site_id = $1 and i.id > $2
    order by i.id
    limit $3`,
};

/** `since` in ms since 1970. */
export interface ListedBlock extends NamedImageRow {
  readonly id: string;
  readonly reason: Reason;
  readonly version: number;
  readonly since: number;
}

/** The next `limit` blocked images of a site after the one with this id ('0': from the start). */
export const listBlockedImages = (
  tx: Tx,
  siteId: string,
  after: string,
  limit: number,
): Promise<ListedBlock[]> => tx.query(listBlockedStatement, [siteId, after, limit]);
