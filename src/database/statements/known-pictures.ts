import type { Tx } from '../tx.js';
import { isComparable } from './match-terms.js';

const page = {
  name: 'read-known-pictures',
  // By content_version_verdict: only what people judged. Whole images, so that a page is never half of one.
  text: `
    with judged as (
      select distinct site_id, image_id
      from content_version
      where verdict is not null and (site_id, image_id) > ($1, $2)
      order by site_id, image_id
      limit $3
    )
    select j.site_id as "siteId", j.image_id as "imageId", array_remove(array_agg(b.pdq), null) as pictures
    from judged j
    left join content_version v on v.site_id = j.site_id and v.image_id = j.image_id and v.verdict is not null
    left join content_bytes b on b.site_id = v.site_id and b.image_id = v.image_id and b.version = v.version
                             and ${isComparable('b')}
    group by j.site_id, j.image_id
    order by j.site_id, j.image_id`,
};

const changed = {
  name: 'read-changed-pictures',
  // By content_version_judged_at.
  text: `
    with judged as (
      select distinct site_id, image_id from content_version where judged_at > $1
    )
    select j.site_id as "siteId", j.image_id as "imageId", array_remove(array_agg(b.pdq), null) as pictures
    from judged j
    left join content_version v on v.site_id = j.site_id and v.image_id = j.image_id and v.verdict is not null
    left join content_bytes b on b.site_id = v.site_id and b.image_id = v.image_id and b.version = v.version
                             and ${isComparable('b')}
    group by j.site_id, j.image_id`,
};

/** An image of which people judged some bytes: the fingerprints of these, if they have any that say something. */
export interface KnownPicturesRow {
  readonly siteId: string;
  readonly imageId: string;
  readonly pictures: readonly Buffer[];
}

/** So many images that people judged, from behind this one on, in the order of sites and ids. */
export const readKnownPictures = (
  tx: Pick<Tx, 'query'>,
  after: { readonly siteId: string; readonly imageId: string },
  limit: number,
): Promise<KnownPicturesRow[]> => tx.query(page, [after.siteId, after.imageId, limit]);

/** Images of which people judged some bytes, or took back what they said, since then; as they are now. */
export const readChangedPictures = (tx: Pick<Tx, 'query'>, since: Date): Promise<KnownPicturesRow[]> =>
  tx.query(changed, [since]);
