import type { Tx } from '../tx.js';

const statement = {
  name: 'insert-images',
  // Ordered by key: two batches that make the same images wait for each other in one direction only.
  text: `
    insert into image (site_id, key_kind, key, key_hash, url)
    select site_id, key_kind, key, hash, url
    from unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::text[])
         as n (site_id, key_kind, key, hash, url)
    order by hash
    on conflict (key_hash) where merged_into is null do nothing
    returning id as "imageId", key_hash as hash`,
};

export interface NewImage {
  readonly siteId: string;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly hash: Buffer;
  readonly url: string | null;
}

/** Makes images; returns those made here. One that somebody else made at the same time is found by `findImages`. */
export const insertImages = (
  tx: Tx,
  images: readonly NewImage[],
): Promise<{ imageId: string; hash: Buffer }[]> =>
  tx.query(statement, [
    images.map(({ siteId }) => siteId),
    images.map(({ keyKind }) => keyKind),
    images.map(({ key }) => key),
    images.map(({ hash }) => hash),
    images.map(({ url }) => url),
  ]);
