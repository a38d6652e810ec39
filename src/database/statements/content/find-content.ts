import type { Indistinct } from '../../../core/content.js';
import type { Block } from '../../../core/image-state.js';
import type { Policy } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';
import type { BoundBy } from '../images/bind-addresses.js';

const lock = {
  name: 'lock-bytes',
  text: `select pg_advisory_xact_lock($1::bigint)`,
};

const place = {
  name: 'find-place',
  text: `
    select coalesce(a.image_id, o.id) as "imageId", coalesce(a.url, o.key) as url, a.bound_by as "boundBy",
           f.sha256 as found, f.changed_at as "changedAt",
           exists (select from address other
                   where other.site_id = coalesce(a.site_id, o.site_id) and other.image_id = coalesce(a.image_id, o.id)
                     and other.hash <> k.hash and other.bound_by = 'bytes') as "othersByBytes"
    from (select $1::bytea as hash) k
    left join address a on a.hash = k.hash
    left join image o on o.key_hash = k.hash and o.merged_into is null
    left join found_bytes f on f.hash = k.hash
    where coalesce(a.image_id, o.id) is not null`,
};

const alike = {
  name: 'find-same-bytes',
  // By the index content_bytes_sha. More than a few are of images that can not become one. Those that a block of earlier
  // bytes holds never can: any number of them must not hide one that can.
  text: `
    select b.image_id as "imageId", c.current, case when v.verdict = 'block' then v.reason end as reason
    from content_bytes b
    join image i on i.site_id = b.site_id and i.id = b.image_id and i.merged_into is null
    join content_version v on v.site_id = b.site_id and v.image_id = b.image_id and v.version = b.version
    cross join lateral (
      select i.key_kind = 'url' and b.version = i.content
             and not exists (select from block h where h.site_id = i.site_id and h.image_id = i.id
                               and h.since < i.content_changed_at) as current) c
    where b.site_id = $1 and b.sha256 = $2 and b.indistinct is null and b.image_id <> $3
      and (v.verdict = 'block' or c.current)
    order by b.image_id
    limit 8`,
};

const looked = {
  name: 'find-looked-at-bytes',
  text: `
    select pdq, quality, indistinct, width, height, bytes, format
    from content_bytes
    where site_id = $1 and sha256 = $2 and bytes is not null
    order by pdq is null
    limit 1`,
};

const versions = {
  name: 'load-content',
  text: `
    select v.version, v.blocks, v.kept_at as "keptAt", v.verdict = 'block' is true as judged,
           b.sha256, b.pdq, b.quality, b.indistinct
    from content_version v
    left join content_bytes b on b.site_id = v.site_id and b.image_id = v.image_id and b.version = v.version
    where v.site_id = $1 and v.image_id = $2
    order by v.version, b.first_seen_at, b.sha256`,
};

const severe = {
  name: 'was-called-severe',
  // Counted or not.
  text: `
    select exists (select from vote v
                   where v.site_id = $1 and v.image_id = $2 and v.round = $3 and $4 = any (v.reasons)
                     and ($5::boolean or v.withdrawn_at is null and v.left_out is distinct from 'muted')) as severe`,
};

const ended = {
  name: 'find-ended-sources',
  text: `
    with recursive source as (
      select w.id, w.id as image_id from unnest($2::bigint[]) as w (id)
      union all
      select s.id, i.merged_into from source s join image i on i.site_id = $1 and i.id = s.image_id and i.merged_into is not null
    )
    select w.id
    from unnest($2::bigint[]) as w (id)
    where not exists (select from source s
                      join content_version v on v.site_id = $1 and v.image_id = s.image_id and v.verdict = 'block'
                      where s.id = w.id)`,
};

/** Where bytes were found: an image's own key, or an address that is bound to it. */
export interface PlaceRow {
  readonly imageId: string;
  /** The address; of an image's own id, that id. */
  readonly url: string;
  /** Null: it is the image's key. */
  readonly boundBy: BoundBy | null;
  /** SHA-256 of what was last found there. */
  readonly found: Buffer | null;
  /** When other bytes than those of its image last came there. */
  readonly changedAt: Date | null;
  /** Do further addresses lead to the image because of their bytes? */
  readonly othersByBytes: boolean;
}

/** Another image that has, or had, the same bytes. */
export interface AlikeRow {
  readonly imageId: string;
  /** It is known by its address, and shows them now, held by no block of earlier bytes. */
  readonly current: boolean;
  /** Why a person blocked them there; null: nobody did. */
  readonly reason: Policy | null;
}

/** What bytes are, as SeenContent says it. */
export interface LookedAtRow {
  readonly pdq: Buffer | null;
  readonly quality: number | null;
  readonly indistinct: Indistinct | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
  readonly format: string | null;
}

/** An encoding of a version; of a version whose bytes went elsewhere nothing but the version. */
export interface ContentRow {
  readonly version: number;
  readonly blocks: readonly Block[];
  readonly keptAt: Date | null;
  /** A person blocked these very bytes. */
  readonly judged: boolean;
  readonly sha256: Buffer | null;
  readonly pdq: Buffer | null;
  readonly quality: number | null;
  readonly indistinct: Indistinct | null;
}

/**
 * One at a time may look at what these bytes are, so that of two who find them at the same moment the later sees what the
 * earlier made of them. Taken before anything else; another's bytes wait for no reason once in 2^64.
 */
export const lockBytes = (tx: Tx, siteId: string, sha256: Buffer): void =>
  tx.send(lock, [BigInt.asIntN(64, sha256.readBigInt64BE() ^ BigInt(siteId)).toString()]);

/** The image of a key or an address, if there is one. */
export async function findPlace(tx: Tx, hash: Buffer): Promise<PlaceRow | undefined> {
  const [row] = await tx.query<PlaceRow>(place, [hash]);
  return row;
}

/** What somebody saw who looked at these bytes, under whichever image of the site. */
export async function findLookedAt(tx: Tx, siteId: string, sha256: Buffer): Promise<LookedAtRow | undefined> {
  const [row] = await tx.query<LookedAtRow>(looked, [siteId, sha256]);
  return row;
}

/** Other images of the site with these bytes, oldest first: those that show them, and those where a person blocked them. */
export const findAlike = (tx: Tx, siteId: string, sha256: Buffer, imageId: string): Promise<AlikeRow[]> =>
  tx.query(alike, [siteId, sha256, imageId]);

/** All that is known to have been behind an image, the oldest version first, and of each what was found first. */
export const loadContent = (tx: Tx, siteId: string, imageId: string): Promise<ContentRow[]> =>
  tx.query(versions, [siteId, imageId]);

/** Did anybody give this reason in the round? `everybody`: who took it back, and who is muted, too. */
export async function givenInRound(
  tx: Tx,
  { siteId, id, round }: { readonly siteId: string; readonly id: string; readonly round: number },
  { reason, everybody }: { readonly reason: string; readonly everybody: boolean },
): Promise<boolean> {
  const [row] = await tx.query<{ severe: boolean }>(severe, [siteId, id, round, reason, everybody]);
  return row?.severe === true;
}

/** Those of these images of which, or of what they became part of, people block no bytes any more. */
export async function findEndedSources(
  tx: Tx,
  siteId: string,
  imageIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(ended, [siteId, imageIds]);
  return rows.map(({ id }) => id);
}
