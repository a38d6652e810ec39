import type { Tx } from '../../tx.js';

const find = {
  name: 'find-bindings',
  text: `
    select k.hash, a.image_id as "boundTo", a.bound_by as "boundBy", i.id as "ownImage"
    from unnest($1::bytea[]) as k (hash)
    left join address a on a.hash = k.hash
    left join image i on i.key_hash = k.hash and i.merged_into is null`,
};

const bind = {
  name: 'bind-addresses',
  // What the site itself said of an address stays its word when its rules say the same.
  text: `
    insert into address (site_id, hash, url, image_id, bound_by)
    select $1, hash, url, $2, $5
    from unnest($3::bytea[], $4::text[]) as n (hash, url)
    order by hash
    on conflict (hash) do update
    set image_id = excluded.image_id, bound_at = clock_timestamp(),
        bound_by = case when excluded.bound_by = 'rules' and address.bound_by = 'site' then 'site'
                        else excluded.bound_by end`,
};

const bindKey = {
  name: 'bind-key-as-address',
  text: `
    insert into address (site_id, hash, url, image_id, bound_by)
    select site_id, key_hash, key, $3, 'bytes' from image where site_id = $1 and id = $2
    returning url`,
};

const unbind = {
  name: 'unbind-address',
  text: `delete from address where hash = $1`,
};

const rekeyToAddress = {
  name: 'rekey-image-to-address',
  // The one that has led to it for longest.
  text: `
    with taken as (
      delete from address
      where hash = (select a.hash from address a where a.site_id = $1 and a.image_id = $2 order by a.bound_at, a.hash limit 1)
      returning hash, url
    )
    update image i
    set key = t.url, key_hash = t.hash, url = t.url
    from taken t
    where i.site_id = $1 and i.id = $2`,
};

const showUrl = {
  name: 'show-image-url',
  text: `update image set url = coalesce(url, $3) where site_id = $1 and id = $2`,
};

const rekey = {
  name: 'rekey-image',
  text: `update image set key_kind = 'id', key = $3, key_hash = $4 where site_id = $1 and id = $2`,
};

export interface Binding {
  readonly hash: Buffer;
  /** The image that this address leads to, as the site says, or because of its bytes. */
  readonly boundTo: string | null;
  /** Null: it is bound to none. */
  readonly boundBy: BoundBy | null;
  /** An image whose own key this is. */
  readonly ownImage: string | null;
}

export const findBindings = (db: Pick<Tx, 'query'>, hashes: readonly Buffer[]): Promise<Binding[]> =>
  db.query(find, [hashes]);

/**
 * Who says that an address is an image: its site, the site's address rules, or the same bytes found there. The rules make
 * addresses of those that readers reported: the site vouches for no host by them.
 */
export type BoundBy = 'site' | 'rules' | 'bytes';

/** Binds addresses to an image, and shows the first where the image has no address to show yet. */
export async function insertAddresses(
  tx: Tx,
  siteId: string,
  imageId: string,
  addresses: readonly { hash: Buffer; url: string }[],
  boundBy: BoundBy,
): Promise<void> {
  const urls = addresses.map(({ url }) => url);
  await tx.query(bind, [siteId, imageId, addresses.map(({ hash }) => hash), urls, boundBy]);
  await tx.query(showUrl, [siteId, imageId, urls[0]]);
}

/** The address by which an image was known leads, by its bytes, to the one that it became part of. Returns it. */
export async function insertKeyAsAddress(
  tx: Tx,
  siteId: string,
  younger: string,
  older: string,
): Promise<string[]> {
  const rows = await tx.query<{ url: string }>(bindKey, [siteId, younger, older]);
  return rows.map(({ url }) => url);
}

/** An address leads to its image no longer. */
export const deleteAddress = (tx: Tx, hash: Buffer): void => tx.send(unbind, [hash]);

/** An image gives its key away, and is known by one of its other addresses. */
export const rekeyToOtherAddress = (tx: Tx, siteId: string, imageId: string): void =>
  tx.send(rekeyToAddress, [siteId, imageId]);

/** An image that was known by its address is from now on known by the site's id. */
export const rekeyImage = (
  tx: Tx,
  siteId: string,
  imageId: string,
  id: string,
  hash: Buffer,
): Promise<unknown[]> => tx.query(rekey, [siteId, imageId, id, hash]);
