import type { Tx } from '../tx.js';
import { isComparable } from './match-terms.js';

const page = {
  name: 'read-known-images',
  // By content_version_verdict.
  text: `
    select distinct site_id as "siteId", image_id as "imageId"
    from content_version
    where verdict is not null and (site_id, image_id) > ($1, $2)
    order by site_id, image_id
    limit $3`,
};

const changed = {
  name: 'read-changed-images',
  // By content_version_known_at. What became part of another has no pictures of its own any more: by image_merged.
  text: `
    with recursive changed as (
      select site_id, image_id, max(known_at) as at
      from content_version
      where known_at > $1
      group by site_id, image_id
      union all
      select i.site_id, i.id, c.at
      from changed c
      join image i on i.site_id = c.site_id and i.merged_into = c.image_id
    )
    select site_id as "siteId", image_id as "imageId", at::text as "changedAt" from changed`,
};

const pictures = {
  name: 'read-known-pictures',
  text: `
    select j.site_id as "siteId", j.image_id as "imageId",
           array(select b.pdq
                 from content_version v
                 join content_bytes b on b.site_id = v.site_id and b.image_id = v.image_id and b.version = v.version
                 where v.site_id = j.site_id and v.image_id = j.image_id and v.verdict is not null
                   and ${isComparable('b')}) as pictures
    from unnest($1::bigint[], $2::bigint[]) as j (site_id, image_id)`,
};

/** An image of which people judged some bytes, now or once. */
export interface KnownImage {
  readonly siteId: string;
  readonly imageId: string;
}

/** The fingerprints of what people judged of it, those that say something. */
export interface KnownPicturesRow extends KnownImage {
  readonly pictures: readonly Buffer[];
}

/** So many images of which people judged what they show or showed, behind this one, in the order of sites and ids. */
export const readKnownImages = (
  tx: Pick<Tx, 'query'>,
  after: KnownImage,
  limit: number,
): Promise<KnownImage[]> => tx.query(page, [after.siteId, after.imageId, limit]);

/**
 * Images of which people said something, or took it back, since then, or of which more is known; those that became part of
 * them; and when that last was.
 */
export const readChangedImages = (
  tx: Pick<Tx, 'query'>,
  since: Date,
): Promise<(KnownImage & { readonly changedAt: string })[]> => tx.query(changed, [since]);

/** What is known of these images now, of each. */
export const readKnownPictures = (
  tx: Pick<Tx, 'query'>,
  images: readonly KnownImage[],
): Promise<KnownPicturesRow[]> =>
  tx.query(pictures, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);
