import type { Indistinct } from '../../../core/content.js';
import type { Policy } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';
import { listedImageColumns, type ListedImageRow } from '../images/image-row.js';
import { areSameBytes, bitsApart, isComparable, isSamePicture, nearOnesBlock } from './match-terms.js';

const shown = {
  name: 'read-shown-pictures',
  text: `
    select i.content is not null as "looked", i.protected, i.kept_at is not null as kept, s.near_matches as "nearMatches",
           array(select b.pdq
                 from content_bytes b
                 where b.site_id = i.site_id and b.image_id = i.id and b.version = i.content
                   and ${isComparable('b')}) as pictures,
           (select case when bool_and(b.indistinct is not null) then min(b.indistinct) end
            from content_bytes b
            where b.site_id = i.site_id and b.image_id = i.id and b.version = i.content) as indistinct,
           exists (select from block m
                   where m.site_id = i.site_id and m.image_id = i.id and m.source = 'match') as follows
    from image i
    join site s on s.id = i.site_id
    where i.site_id = $1 and i.id = $2`,
};

const matches = {
  name: 'read-matches',
  // Of those with the very same bytes, the one that it follows comes first, so that it is shown however many there are.
  text: `
    with other as (
      select distinct on (c.image_id) c.image_id, c.version, c.identical, c.distance
      from image i
      join content_bytes f on f.site_id = i.site_id and f.image_id = i.id and f.version = i.content
                          and f.indistinct is null
      cross join lateral (
        (select b.image_id, b.version, true as identical, 0 as distance
         from content_bytes b
         join content_version v on v.site_id = b.site_id and v.image_id = b.image_id and v.version = b.version
         where b.site_id = i.site_id and b.sha256 = f.sha256 and b.image_id <> i.id
           and b.indistinct is null and v.verdict is not null
         order by exists (select from block m
                          where m.site_id = i.site_id and m.image_id = i.id
                            and m.source = 'match' and m.ref = b.image_id::text) desc, b.image_id
         limit $4)
        union all
        (select b.image_id, b.version, b.sha256 = f.sha256, ${bitsApart('b', 'f')}
         from unnest($3::bigint[]) as k (id)
         join content_bytes b on b.site_id = i.site_id and b.image_id = k.id
         join content_version v on v.site_id = b.site_id and v.image_id = b.image_id and v.version = b.version
         where ${isSamePicture('b', 'f')} and v.verdict is not null)
      ) c
      where i.site_id = $1 and i.id = $2
      order by c.image_id, c.distance, c.identical desc, c.version desc
    )
    select ${listedImageColumns} as image, other.identical, other.distance::int as distance,
           v.verdict, v.reason, v.judged_at as "decidedAt", other.version = i.content as "stillShown",
           exists (select from block m
                   where m.site_id = $1 and m.image_id = $2 and m.source = 'match' and m.ref = i.id::text) as acting
    from other
    join image i on i.site_id = $1 and i.id = other.image_id and i.merged_into is null
    join site s on s.id = i.site_id
    join content_version v on v.site_id = $1 and v.image_id = other.image_id and v.version = other.version
    order by other.distance, other.identical desc, v.verdict, v.judged_at desc
    limit $4`,
};

const toFollow = {
  name: 'read-whom-to-follow',
  // One that stands is enough; identical ones before near ones.
  text: `
    select c.image_id::text as source, c.reason
    from image i
    join content_bytes f on f.site_id = i.site_id and f.image_id = i.id and f.version = i.content
                        and f.indistinct is null
    join content_version mine on mine.site_id = f.site_id and mine.image_id = f.image_id and mine.version = f.version
    cross join lateral (
      (select v.image_id, v.reason, 0 as distance
       from content_bytes b
       join content_version v on v.site_id = b.site_id and v.image_id = b.image_id and v.version = b.version
       join image o on o.site_id = v.site_id and o.id = v.image_id and o.merged_into is null
       where b.site_id = i.site_id and b.image_id <> i.id and ${areSameBytes('b', 'f')} and v.verdict = 'block'
       order by v.image_id
       limit 1)
      union all
      (select v.image_id, v.reason, ${bitsApart('b', 'f')}
       from unnest($3::bigint[]) as k (id)
       join content_bytes b on b.site_id = i.site_id and b.image_id = k.id
       join content_version v on v.site_id = b.site_id and v.image_id = b.image_id and v.version = b.version
       join image o on o.site_id = v.site_id and o.id = v.image_id and o.merged_into is null
       where ${isSamePicture('b', 'f')} and v.verdict = 'block' and k.id <> i.id
         and ${nearOnesBlock('mine')})
    ) c
    where i.site_id = $1 and i.id = $2 and i.merged_into is null and not i.protected and i.kept_at is null
      and not exists (
        select from block m
        join content_version w on w.site_id = m.site_id and w.verdict = 'block'
                              and w.image_id = case when m.source = 'match' then m.ref::bigint end
        join image x on x.site_id = w.site_id and x.id = w.image_id and x.merged_into is null
        where m.site_id = i.site_id and m.image_id = i.id and m.source = 'match')
    order by c.distance, c.image_id
    limit 1`,
};

/** What an image shows, and what may follow from it. */
export interface ShownPicturesRow {
  /** Has anybody looked at its bytes? */
  readonly looked: boolean;
  readonly protected: boolean;
  /** A person kept these bytes. */
  readonly kept: boolean;
  /** Does it follow anybody? */
  readonly follows: boolean;
  readonly nearMatches: 'suggest' | 'block';
  /** Fingerprints that say something. */
  readonly pictures: readonly Buffer[];
  /** Why none of its bytes is enough of a picture; null: they are. */
  readonly indistinct: Indistinct | null;
}

/** Another image of the site of which people judged the same bytes, or near ones. */
export interface MatchRow {
  readonly image: ListedImageRow;
  /** The very same bytes. */
  readonly identical: boolean;
  /** Bits of the fingerprint that differ. */
  readonly distance: number;
  readonly verdict: 'block' | 'keep';
  readonly reason: Policy | null;
  readonly decidedAt: Date;
  /** Does it still show these bytes? */
  readonly stillShown: boolean;
  /** Is ours blocked because that one is? */
  readonly acting: boolean;
}

export async function readShownPictures(
  db: Pick<Tx, 'query'>,
  siteId: string,
  imageId: string,
): Promise<ShownPicturesRow | undefined> {
  const [row] = await db.query<ShownPicturesRow>(shown, [siteId, imageId]);
  return row;
}

/** So many of them, nearest first. `near`: images that may be near; what they show is looked at here. */
export const readMatches = (
  db: Pick<Tx, 'query'>,
  siteId: string,
  imageId: string,
  near: readonly string[],
  limit: number,
): Promise<MatchRow[]> => db.query(matches, [siteId, imageId, near, limit]);

/** Whom an image has to follow that follows nobody yet, if anybody; `near` as above. */
export async function readWhomToFollow(
  tx: Tx,
  siteId: string,
  imageId: string,
  near: readonly string[],
): Promise<{ readonly source: string; readonly reason: Policy } | undefined> {
  const [row] = await tx.query<{ source: string; reason: Policy }>(toFollow, [siteId, imageId, near]);
  return row;
}
