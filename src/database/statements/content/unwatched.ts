import type { Tx } from '../../tx.js';
import { severeImage } from './sealed-content.js';

const find = {
  name: 'find-unwatched-images',
  // By image_blocked and moderation_case_awaiting, a page of each.
  text: `
    with page as materialized (
      select w.site_id, w.image_id
      from ((select i.site_id, i.id as image_id
             from image i
             where i.blocked and (i.site_id, i.id) > ($1, $2)
             order by i.site_id, i.id
             limit $3)
            union
            (select c.site_id, c.image_id
             from moderation_case c
             where c.status <> 'closed' and (c.site_id, c.image_id) > ($1, $2)
             order by c.site_id, c.image_id
             limit $3)) w
      order by w.site_id, w.image_id
      limit $3
    )
    select p.site_id as "siteId", p.image_id as "imageId",
           not exists (select from (select i.key_hash as hash
                                    union all
                                    select a.hash from address a where a.site_id = i.site_id and a.image_id = i.id) k
                       join watched_address w on w.hash = k.hash and w.ended_at is null)
           and not ${severeImage('i')} as unwatched
    from page p
    join image i on i.site_id = p.site_id and i.id = p.image_id
    order by p.site_id, p.image_id`,
};

const watch = {
  name: 'watch-addresses',
  // Until a job takes it over, as with what a site announces.
  text: `
    insert into watched_address (hash, site_id, url, job_id)
    select w.hash, w.site_id, w.url, 0
    from unnest($1::bytea[], $2::bigint[], $3::text[]) as w (hash, site_id, url)
    on conflict (hash) do update set ended_at = null where watched_address.ended_at is not null
    returning site_id as "siteId", hash, url`,
};

/** An image by its place among all. */
export interface ImagePlace {
  readonly siteId: string;
  readonly imageId: string;
}

/** An address of an image. */
export interface UnwatchedAddress {
  readonly siteId: string;
  readonly hash: Buffer;
  readonly url: string;
}

/**
 * Images of all sites, from behind this one on, that are blocked or await a decision. `unwatched`: none of their addresses is
 * looked at, and they may be.
 */
export const findUnwatched = (
  tx: Pick<Tx, 'query'>,
  after: ImagePlace,
  limit: number,
): Promise<(ImagePlace & { readonly unwatched: boolean })[]> =>
  tx.query(find, [after.siteId, after.imageId, limit]);

/** Those of these addresses that nobody watched until now: from here on they are watched. */
export const watchAddresses = (tx: Tx, addresses: readonly UnwatchedAddress[]): Promise<UnwatchedAddress[]> =>
  tx.query(watch, [
    addresses.map(({ hash }) => hash),
    addresses.map(({ siteId }) => siteId),
    addresses.map(({ url }) => url),
  ]);
