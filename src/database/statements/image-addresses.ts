import type { Tx } from '../tx.js';

const hashes = {
  name: 'load-address-hashes',
  text: `
    select a.image_id as "imageId", a.hash
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join address a on a.site_id = w.site_id and a.image_id = w.id`,
};

/** The hashes of all addresses bound to these images. */
export const loadAddressHashes = (
  tx: Tx,
  images: readonly { siteId: string; imageId: string }[],
): Promise<{ imageId: string; hash: Buffer }[]> =>
  tx.query(hashes, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);
