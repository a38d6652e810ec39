import type { Policy } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';
import { areSameBytes, humanBlocks, isSamePicture, mayFollow, nearOnesBlock } from './match-terms.js';

/** What a person blocked of image $2, byte by byte, and all reasons for it. */
const source = `
    with source as materialized (
      select s.*, v.reason, v.judged_at, array_agg(v.reason) over () as reasons
      from ${humanBlocks}
      where v.site_id = $1 and v.image_id = $2 and v.verdict = 'block'
    )`;

const identical = {
  name: 'images-with-blocked-bytes',
  // By content_bytes_sha_image: so many rows of each encoding, however many there are.
  text: `
    ${source}
    select distinct on (f.id) f.id, s.reason
    from source s
    cross join lateral (
      select i.id
      from content_bytes b
      join image i on i.site_id = b.site_id and i.id = b.image_id and i.content = b.version
      where b.site_id = $1 and ${areSameBytes('b', 's')} and b.image_id > $3 and b.image_id <> $2
        and ${mayFollow('s.reasons')}
      order by b.image_id
      limit $4
    ) f
    order by f.id, s.reason
    limit $4`,
};

const near = {
  name: 'images-near-blocked-ones',
  // All fingerprints of the site, by the primary key.
  text: `
    ${source}
    select distinct on (b.image_id) b.image_id as id, v.reason
    from content_bytes b
    join image i on i.site_id = b.site_id and i.id = b.image_id and i.content = b.version
    cross join source v
    join content_version mine on mine.site_id = b.site_id and mine.image_id = b.image_id and mine.version = b.version
    where b.site_id = $1 and b.image_id > $3 and b.image_id <> $2
      and (select near_matches from site where id = $1) = 'block'
      and ${isSamePicture('b', 'v')}
      and ${nearOnesBlock('mine')}
      and ${mayFollow('v.reasons')}
    order by b.image_id, v.reason
    limit $4`,
};

const others = {
  name: 'other-blocks-of-bytes',
  // Two of each encoding are enough: nobody follows himself. What became part of another has its bytes there.
  text: `
    with recursive became as (
      select id, merged_into from image where site_id = $1 and id = $2
      union all
      select i.id, i.merged_into from became b join image i on i.site_id = $1 and i.id = b.merged_into
    )
    select encode(mine.sha256, 'hex') as sha256, other.image, other.reason
    from became
    join content_bytes mine on mine.site_id = $1 and mine.image_id = became.id
    cross join lateral (
      select v.image_id as image, v.reason
      from content_bytes s
      join content_version v on v.site_id = s.site_id and v.image_id = s.image_id and v.version = s.version
      join image o on o.site_id = v.site_id and o.id = v.image_id and o.merged_into is null
      where s.site_id = mine.site_id and s.sha256 = mine.sha256 and s.image_id <> $2
        and ${areSameBytes('s', 'mine')} and v.verdict = 'block'
      order by s.image_id
      limit 2
    ) other
    where became.merged_into is null`,
};

const released = {
  name: 'followers-without-cause',
  // A cause is a block by a person of bytes that the follower has, or had: what it has by now, other rules judge.
  text: `
    select b.image_id as id, other.image as source, other.reason,
           other.image is null and (select near_matches from site where id = $1) = 'block' as "mayBeNear"
    from block b
    join image i on i.site_id = b.site_id and i.id = b.image_id
    left join lateral (
      select k.image::text, k.reason
      from unnest($5::text[], $6::bigint[], $7::text[]) as k (sha256, image, reason)
      join content_bytes f on f.site_id = i.site_id and f.image_id = i.id and f.version = i.content
                          and f.sha256 = decode(k.sha256, 'hex') and f.indistinct is null
      where k.image <> i.id
      order by k.image
      limit 1
    ) other on true
    where b.site_id = $1 and b.source = 'match' and b.ref = $2::bigint::text and b.image_id > $3
      and (b.image_id = $2 or not exists (
        select from ${humanBlocks}
        join content_bytes f on f.site_id = v.site_id and f.image_id = b.image_id
        where v.site_id = $1 and v.image_id = $2 and v.verdict = 'block'
          and (${areSameBytes('f', 's')} or ${isSamePicture('f', 's')})))
    order by b.image_id
    limit $4`,
};

/** Some of many images, in the order of their ids. */
export interface Chunk {
  readonly siteId: string;
  /** Whom they follow, or shall follow. */
  readonly imageId: string;
  /** Only those with a higher id. */
  readonly after: string;
  readonly limit: number;
}

export interface ImageToBlock {
  readonly id: string;
  readonly reason: Policy;
}

/** Another image of which a person blocked the same bytes. */
export interface OtherBlock {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly image: string;
  readonly reason: Policy;
}

export interface ImageToRelease {
  readonly id: string;
  /** Whom it follows from now on; null: nobody. */
  readonly source: string | null;
  readonly reason: Policy | null;
  /** May it be near another that a person blocked, and so have to follow that? */
  readonly mayBeNear: boolean;
}

const valuesOf = ({ siteId, imageId, after, limit }: Chunk): unknown[] => [siteId, imageId, after, limit];

/** Images that have the very bytes that a person blocked of this one, and do not follow it yet. */
export const imagesWithBlockedBytes = (tx: Tx, chunk: Chunk): Promise<ImageToBlock[]> =>
  tx.query(identical, valuesOf(chunk));

/** Images whose bytes are near those that a person blocked of this one, where the site wants them to follow. */
export const imagesNearBlockedOnes = (tx: Tx, chunk: Chunk): Promise<ImageToBlock[]> =>
  tx.query(near, valuesOf(chunk));

/** Other images of which a person blocked the same bytes as this one has or had. */
export const otherBlocksOfBytes = (
  tx: Pick<Tx, 'query'>,
  siteId: string,
  imageId: string,
): Promise<OtherBlock[]> => tx.query(others, [siteId, imageId]);

/** Images that follow this one without a cause, and whom they follow instead. */
export const followersWithoutCause = (
  tx: Tx,
  chunk: Chunk,
  instead: readonly OtherBlock[],
): Promise<ImageToRelease[]> =>
  tx.query(released, [
    ...valuesOf(chunk),
    instead.map(({ sha256 }) => sha256),
    instead.map(({ image }) => image),
    instead.map(({ reason }) => reason),
  ]);
