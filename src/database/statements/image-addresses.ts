import type { Tx } from '../tx.js';

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
    select w.site_id as "siteId", k.hash, k.url
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join image i on i.site_id = w.site_id and i.id = w.id
    cross join lateral (
      (select i.key_hash as hash, i.key as url where i.key_kind = 'url')
      union all
      (select a.hash, a.url from address a
       where i.key_kind = 'id' and a.site_id = i.site_id and a.image_id = i.id
       order by a.bound_at, a.hash limit 1)) k`,
};

/** The hashes of all addresses bound to these images. */
export const loadAddressHashes = (
  tx: Tx,
  images: readonly { siteId: string; imageId: string }[],
): Promise<{ imageId: string; hash: Buffer }[]> =>
  tx.query(hashes, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);

/** The address by which each of these images has been known for longest; of one that is known by its id alone, none. */
export const loadFirstAddresses = (
  tx: Pick<Tx, 'query'>,
  images: readonly { siteId: string; imageId: string }[],
): Promise<{ siteId: string; hash: Buffer; url: string }[]> =>
  tx.query(first, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);
