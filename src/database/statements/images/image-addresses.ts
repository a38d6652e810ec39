import type { Tx } from '../../tx.js';

const hashes = {
  name: 'load-address-hashes',
  text: `
    select a.image_id as "imageId", a.hash
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join address a on a.site_id = w.site_id and a.image_id = w.id`,
};

const first = {
  name: 'load-first-addresses',
  text: `
    -- By the index address_image. What an address is looked at as is the address as it was reported.
    select w.site_id as "siteId", k.hash, k.url
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join image i on i.site_id = w.site_id and i.id = w.id
    cross join lateral (
      select c.hash, coalesce(l.url, c.url) as url
      from (select i.key_hash as hash, i.key as url, null::timestamptz as bound_at where i.key_kind = 'url'
            union all
            select a.hash, a.url, a.bound_at from address a where a.site_id = i.site_id and a.image_id = i.id) c
      left join watched_address l on l.hash = c.hash
      order by l.started_at nulls last, c.bound_at nulls last, c.hash
      limit 1) k`,
};

/** The hashes of all addresses bound to these images. */
export const loadAddressHashes = (
  tx: Tx,
  images: readonly { siteId: string; imageId: string }[],
): Promise<{ imageId: string; hash: Buffer }[]> =>
  tx.query(hashes, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);

/**
 * The address of each of these images that has been looked at for longest; where none was, the one that was bound to it
 * first, since a key that a site's rules made may show another size; else its key. Of an image that is known by its id
 * alone, none.
 */
export const loadFirstAddresses = (
  tx: Pick<Tx, 'query'>,
  images: readonly { siteId: string; imageId: string }[],
): Promise<{ siteId: string; hash: Buffer; url: string }[]> =>
  tx.query(first, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);
