import type { ReviewState } from '../../../core/image-state.js';
import { type LeftOut, NONE_LEFT_OUT } from '../../../core/left-out.js';
import type { Tally } from '../../../core/tally.js';
import type { Tx } from '../../tx.js';

const draw = {
  name: 'draw-ids',
  text: `
    select nextval('image_id_seq') as "imageId", nextval('moderation_case_id_seq') as "caseId"
    from generate_series(1, $1::int)`,
};

const insert = {
  name: 'insert-images',
  // Ordered by key: two that make the same images wait for each other in one direction only; the later one then fails
  // (23505 on image_key), is run again, and finds them. With the state that the first votes gave: an update right
  // afterwards costs as much again (27 us for the insert, 10 for the lock, 30 for the update, 20 for this).
  text: `
    insert into image (site_id, id, key_kind, key, key_hash, url, tally, review_state, left_out)
           overriding system value
    select site_id, id, key_kind, key, hash, url, tally::jsonb, review_state, coalesce(left_out::jsonb, '{}')
    from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[],
                $9::text[])
         as n (site_id, id, key_kind, key, hash, url, tally, review_state, left_out)
    order by hash`,
};

const refuseShadowed = {
  name: 'refuse-shadowed-images',
  // The site bound such an address while the insert waited for it: run again, the address leads to its image.
  text: `
    select retry_transaction('an address was bound to another image')
    from unnest($1::bytea[]) as k (hash)
    join address a on a.hash = k.hash
    limit 1`,
};

const reserve = {
  name: 'reserve-images',
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
  /** The address as it was reported, where the site's rules made another key of it. Not stored. */
  readonly shown?: string;
}

/** An image that is made with votes on it. */
export interface InsertedImage extends NewImage {
  readonly id: string;
  readonly tally: Tally;
  readonly leftOut: LeftOut;
  readonly reviewState: ReviewState;
}

/** Numbers for images and cases that may be made. Those that are not used are gone. */
export const drawIds = (tx: Tx, count: number): Promise<{ imageId: string; caseId: string }[]> =>
  tx.query(draw, [count]);

/** Makes images of keys that nobody had a moment ago. Fails the transaction, to be run again, where somebody has now. */
export function insertImages(tx: Tx, images: readonly InsertedImage[]): void {
  const hashes = images.map(({ hash }) => hash);
  tx.send(insert, [
    images.map(({ siteId }) => siteId),
    images.map(({ id }) => id),
    images.map(({ keyKind }) => keyKind),
    images.map(({ key }) => key),
    hashes,
    images.map(({ url }) => url),
    images.map(({ tally }) => JSON.stringify(tally)),
    images.map(({ reviewState }) => reviewState),
    // `unnest` fills a shorter list with nulls, and hardly ever is anything left out.
    images.every(({ leftOut }) => leftOut === NONE_LEFT_OUT)
      ? []
      : images.map(({ leftOut }) => JSON.stringify(leftOut)),
  ]);
  tx.send(refuseShadowed, [hashes]);
}

/** Makes images without votes; returns those made here. */
export const reserveImages = (
  tx: Tx,
  images: readonly NewImage[],
): Promise<{ imageId: string; hash: Buffer }[]> =>
  tx.query(reserve, [
    images.map(({ siteId }) => siteId),
    images.map(({ keyKind }) => keyKind),
    images.map(({ key }) => key),
    images.map(({ hash }) => hash),
    images.map(({ url }) => url),
  ]);
