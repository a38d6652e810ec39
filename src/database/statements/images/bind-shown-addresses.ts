import type { Tx } from '../../tx.js';

const reserveShown = {
  name: 'reserve-shown-addresses',
  // As an image for a moment, so that whoever makes an image of such an address waits for us; so does not whoever has made
  // one, or bound it. By the index address_image.
  text: `
    insert into image (site_id, key_kind, key, key_hash, url)
    select n.site_id, 'url', n.url, n.hash, n.url
    from (select w.site_id, w.image_id, w.hash, w.url,
                 row_number() over (partition by w.site_id, w.image_id order by w.hash) as nth
          from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[]) as w (site_id, image_id, hash, url)) n
    where not exists (select from address a where a.hash = n.hash)
      and n.nth + (select count(*) from address a
                   where a.site_id = n.site_id and a.image_id = n.image_id and a.bound_by = 'rules') <= $5
    order by n.hash
    on conflict (key_hash) where merged_into is null do nothing
    returning id as "imageId", key_hash as hash`,
};

const bindShown = {
  name: 'bind-shown-addresses',
  text: `
    insert into address (site_id, hash, url, image_id, bound_by)
    select site_id, hash, url, image_id, 'rules'
    from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[]) as n (site_id, image_id, hash, url)
    order by hash
    on conflict (hash) do nothing`,
};

/** An address as it was given, of an image that is known by what its site's rules make of it. */
export interface ShownAddress {
  readonly siteId: string;
  readonly imageId: string;
  readonly hash: Buffer;
  readonly url: string;
}

/**
 * Makes the keys of addresses that nobody has, each as an image that stands for nothing; returns those made here. Of an
 * image's addresses no more than `most` become its own in this way.
 */
export const reserveShownAddresses = (
  tx: Tx,
  addresses: readonly ShownAddress[],
  most: number,
): Promise<{ imageId: string; hash: Buffer }[]> => tx.query(reserveShown, [...columnsOf(addresses), most]);

/** These addresses lead to their images from now on, by the rules of their sites; what is bound already stays. */
export const insertShownAddresses = (tx: Tx, addresses: readonly ShownAddress[]): void =>
  tx.send(bindShown, columnsOf(addresses));

const columnsOf = (addresses: readonly ShownAddress[]): unknown[] => [
  addresses.map(({ siteId }) => siteId),
  addresses.map(({ imageId }) => imageId),
  addresses.map(({ hash }) => hash),
  addresses.map(({ url }) => url),
];
