import type { AddressRules } from '../../../core/address-rules.js';
import type { Tx } from '../../tx.js';

/** How far the images of a site were given the addresses that its rules make. */
export interface Readdressing {
  /** The tag of the rules. */
  readonly rules: string;
  /** The last image that was looked at. */
  readonly after: string;
  readonly examined: number;
  /** Images that got another address, or further ones. */
  readonly moved: number;
  /** Images that became part of another. */
  readonly joined: number;
  /** Whether the end was reached once already. */
  readonly looked: boolean;
}

const loadSite = {
  name: 'load-readdressing',
  text: `select address_rules as rules, readdressing as progress from site where id = $1`,
};

const saveSite = {
  name: 'save-readdressing',
  text: `update site set readdressing = $2::jsonb where id = $1`,
};

const forget = {
  name: 'forget-readdressing',
  text: `update site set readdressing = null where id = $1`,
};

const page = {
  name: 'page-image-names',
  // By the primary key. Tombstones have no names of their own any more.
  text: `
    select i.id, i.key_kind as "keyKind", i.key, i.merged_into is not null as merged,
           array(select a.url from address a where a.site_id = i.site_id and a.image_id = i.id order by a.url) as urls
    from image i
    where i.site_id = $1 and i.id > $2
    order by i.id
    limit $3`,
};

const keys = {
  name: 'load-image-keys',
  text: `
    select i.id, i.key_kind as "keyKind", i.key, i.key_hash as hash
    from image i
    where i.site_id = $1 and i.id = any ($2::bigint[])
    order by i.id`,
};

const rekey = {
  name: 'readdress-image',
  text: `update image set key = $3, key_hash = $4 where site_id = $1 and id = $2`,
};

/** An image with all that it is known by. */
export interface ImageNames {
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly merged: boolean;
  readonly urls: readonly string[];
}

export interface KeyOfImage {
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly hash: Buffer;
}

/** The rules of a site in force, and how far they were carried out; undefined when the site is gone. */
export async function loadReaddressing(
  db: Pick<Tx, 'query'>,
  siteId: string,
): Promise<{ readonly rules: AddressRules; readonly progress: Readdressing | null } | undefined> {
  const [row] = await db.query<{ rules: AddressRules; progress: Readdressing | null }>(loadSite, [siteId]);
  return row;
}

export const saveReaddressing = (tx: Tx, siteId: string, progress: Readdressing): Promise<unknown[]> =>
  tx.query(saveSite, [siteId, JSON.stringify(progress)]);

/** There is everything to do again. */
export const forgetReaddressing = (tx: Tx, siteId: string): void => tx.send(forget, [siteId]);

/** The next images of a site, oldest first. */
export const pageImageNames = (
  db: Pick<Tx, 'query'>,
  siteId: string,
  after: string,
  limit: number,
): Promise<ImageNames[]> => db.query(page, [siteId, after, limit]);

export const loadImageKeys = (tx: Tx, siteId: string, ids: readonly string[]): Promise<KeyOfImage[]> =>
  tx.query(keys, [siteId, ids]);

/** An image that is known by its address is from now on known by another one. Fails (23505) where that is taken. */
export const readdressImageRow = (
  tx: Tx,
  siteId: string,
  imageId: string,
  url: string,
  hash: Buffer,
): Promise<unknown[]> => tx.query(rekey, [siteId, imageId, url, hash]);
