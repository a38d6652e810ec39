import type { Tx } from '../../tx.js';
import { isComparable } from './match-terms.js';
import { SERVER } from '../log/read-feed-head.js';

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

const moment = {
  name: 'read-moment',
  text: `select pg_current_snapshot()::text as snapshot, ${SERVER} as server`,
};

export const changedImagesStatement = {
  name: 'read-changed-images',
  // By content_version_known_in, between numbers that transactions may have: those of a restored database are another server's.
  // What became part of another has no pictures of its own any more: by image_merged.
  text: `
    with recursive changed as (
      select site_id, image_id
      from content_version
      where known_in >= pg_snapshot_xmin($1::pg_snapshot) and known_in < pg_snapshot_xmax(pg_current_snapshot())
        and not pg_visible_in_snapshot(known_in, $1::pg_snapshot)
      union
      select i.site_id, i.id
      from changed c
      join image i on i.site_id = c.site_id and i.merged_into = c.image_id
    )
    select site_id as "siteId", image_id as "imageId" from changed`,
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

/** What is committed by now, so that what is not can be asked for. */
export interface Moment {
  /** Means something to the server that gave it. */
  readonly snapshot: string;
  /** Changes with every start of the server, with another server and with another database. */
  readonly server: string;
}

export async function readMoment(tx: Pick<Tx, 'query'>): Promise<Moment> {
  const [row] = await tx.query<Moment>(moment);
  if (row === undefined) throw new Error('Postgres gave no answer');
  return row;
}

/**
 * Images of which people said something, or took it back, or of which more is known, by what was not committed at that moment,
 * whenever it was begun; and those that became part of them.
 */
export const readChangedImages = (tx: Pick<Tx, 'query'>, since: Moment): Promise<KnownImage[]> =>
  tx.query(changedImagesStatement, [since.snapshot]);

/** What is known of these images now, of each. */
export const readKnownPictures = (
  tx: Pick<Tx, 'query'>,
  images: readonly KnownImage[],
): Promise<KnownPicturesRow[]> =>
  tx.query(pictures, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);
