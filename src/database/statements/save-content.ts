import type { HumanWord } from '../../core/human-word.js';
import type { Block } from '../../core/image-state.js';
import { SEVERE_REASON } from '../../core/reasons.js';
import type { Tx } from '../tx.js';
import { sealedRow } from './sealed-content.js';

const leave = {
  name: 'leave-content-version',
  text: `
    update content_version
    set left_at = clock_timestamp(), blocks = $4, kept_at = $5
    where site_id = $1 and image_id = $2 and version = $3`,
};

const begin = {
  name: 'begin-content-version',
  text: `
    insert into content_version (site_id, image_id, version, announced)
    values ($1, $2, $3, $4)
    on conflict (site_id, image_id, version) do update set left_at = null, announced = excluded.announced`,
};

const bytes = {
  name: 'insert-content-bytes',
  // What a site told by its digest alone is known better once somebody has looked.
  text: `
    insert into content_bytes (site_id, image_id, sha256, version, pdq, quality, indistinct, width, height, bytes, format)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (site_id, image_id, sha256) do update
    set pdq = excluded.pdq, quality = excluded.quality, indistinct = excluded.indistinct, width = excluded.width,
        height = excluded.height, bytes = excluded.bytes, format = excluded.format
    where content_bytes.bytes is null and excluded.bytes is not null`,
};

const found = {
  name: 'save-found-bytes',
  text: `
    insert into found_bytes (site_id, hash, sha256, changed_at)
    values ($1, $2, $3, case when $4 then clock_timestamp() end)
    on conflict (hash) do update
    set sha256 = excluded.sha256, found_at = excluded.found_at,
        changed_at = coalesce(excluded.changed_at, found_bytes.changed_at)`,
};

const copy = {
  name: 'copy-content',
  // What people said of the bytes stays with the image on which they said it: a copy spreads nothing.
  text: `
    with versions as (
      insert into content_version (site_id, image_id, version, announced, blocks, kept_at, began_at, left_at)
      select site_id, $3, version, announced, blocks, kept_at, began_at, left_at
      from content_version where site_id = $1 and image_id = $2
      returning 1)
    insert into content_bytes (site_id, image_id, sha256, version, pdq, quality, indistinct, width, height, bytes, format,
                               first_seen_at)
    select site_id, $3, sha256, version, pdq, quality, indistinct, width, height, bytes, format, first_seen_at
    from content_bytes where site_id = $1 and image_id = $2 and (select count(*) from versions) > 0`,
};

const shared = {
  name: 'share-content-versions',
  // What both show is one version, and so is whatever has bytes in common: two that join and part again and again must not
  // have more versions each time. A version of which no bytes are left is nothing that could come back.
  text: `
    select v.version,
           case when v.version = $4 then $5::int
                else (select min(t.version)
                      from content_bytes b
                      join content_bytes t on t.site_id = b.site_id and t.image_id = $3 and t.sha256 = b.sha256
                      where b.site_id = v.site_id and b.image_id = v.image_id and b.version = v.version)
           end as known
    from content_version v
    where v.site_id = $1 and v.image_id = $2
      and (v.version = $4 or exists (select from content_bytes b
                                     where b.site_id = v.site_id and b.image_id = v.image_id and b.version = v.version))
    order by v.version`,
};

const moveVersions = {
  name: 'move-content-versions',
  text: `
    insert into content_version (site_id, image_id, version, announced, verdict, reason, blocks, kept_at, began_at, left_at)
    select v.site_id, $3, m.moved, v.announced, v.verdict, v.reason, v.blocks, v.kept_at, v.began_at,
           case when $6::int is null and v.version = $7 then null else coalesce(v.left_at, clock_timestamp()) end
    from unnest($4::int[], $5::int[]) as m (version, moved)
    join content_version v on v.site_id = $1 and v.image_id = $2 and v.version = m.version`,
};

const keepWord = {
  name: 'move-content-verdict',
  // A person's block of these bytes on either is one on both; what is not shown is blocked by whatever blocked it on either.
  text: `
    update content_version v
    set verdict = case when o.verdict = 'block' then o.verdict else v.verdict end,
        reason = case when o.verdict = 'block' and v.verdict is distinct from 'block' then o.reason else v.reason end,
        blocks = case when v.left_at is not null and v.kept_at is null and v.blocks = '[]' then o.blocks else v.blocks end
    from unnest($4::int[], $5::int[]) as m (version, known)
    join content_version o on o.site_id = $1 and o.image_id = $2 and o.version = m.version
    where v.site_id = $1 and v.image_id = $3 and v.version = m.known and (v.left_at is not null or o.version = $6)`,
};

const moveBytes = {
  name: 'move-content-bytes',
  // What seals them stays with the image that they leave: votes of earlier rounds, its case, its blocks.
  text: `
    insert into content_bytes (site_id, image_id, sha256, version, pdq, quality, indistinct, width, height, bytes, format,
                               first_seen_at, sealed_at)
    select b.site_id, $3, b.sha256, m.moved, b.pdq, b.quality, b.indistinct, b.width, b.height, b.bytes, b.format,
           b.first_seen_at, case when ${sealedRow('b', 'x')} then clock_timestamp() end
    from unnest($4::int[], $5::int[]) as m (version, moved)
    join content_bytes b on b.site_id = $1 and b.image_id = $2 and b.version = m.version
    join image x on x.site_id = b.site_id and x.id = b.image_id
    on conflict (site_id, image_id, sha256) do update
    set sealed_at = excluded.sealed_at
    where excluded.sealed_at is not null`,
};

const last = {
  name: 'last-content-version',
  text: `select coalesce(max(version), 0) as last from content_version where site_id = $1 and image_id = $2`,
};

const changed = {
  name: 'touch-content',
  // Whoever keeps pictures in memory reads those of both images again.
  text: `update content_version set known_at = clock_timestamp() where site_id = $1 and image_id = $2`,
};

const forgetBytes = {
  name: 'delete-content-bytes',
  text: `delete from content_bytes where site_id = $1 and image_id = $2`,
};

const forgetVersions = {
  name: 'delete-content-versions',
  text: `delete from content_version where site_id = $1 and image_id = $2`,
};

const words = {
  name: 'save-human-words',
  // A publisher's block is the image's, whatever its bytes: with the last word of a person goes what stood on that alone.
  text: `
    update content_version v
    set verdict = case when v.version = w.version then w.verdict end,
        reason = case when v.version = w.version then w.reason end
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::text[]) as w (site_id, image_id, version, verdict, reason)
    where v.site_id = w.site_id and v.image_id = w.image_id
      and (v.version = w.version and (v.verdict, v.reason) is distinct from (w.verdict, w.reason)
           or v.version <> w.version and w.verdict is distinct from 'block' and v.verdict = 'block'
              and not v.blocks @> '[{"source": "moderator"}]')`,
};

/** So many versions of an image are remembered, and so many encodings of all of them: a look reads them all. */
const MOST = { versions: 100, encodings: 500 };

/** Of bytes that somebody called severe nothing is forgotten: they are known by them, and sealed (docs/rules.md, rule 6). */
const NOT_SEVERE = `
      not exists (select from vote where site_id = $1 and image_id = $2 and '${SEVERE_REASON}' = any (reasons))`;

/** Last seen at an address of the image, or at its key. */
const isFound = `
      exists (select from (select hash from address where site_id = $1 and image_id = $2
                           union all select key_hash from image where site_id = $1 and id = $2) k
              join found_bytes f on f.hash = k.hash and f.sha256 = b.sha256)`;

/** The versions that are too many: what nobody blocked or kept first, the oldest first. Never what a person blocked. */
const tooMany = `
      select v.version
      from content_version v
      where v.site_id = $1 and v.image_id = $2 and v.left_at is not null and v.verdict is distinct from 'block'
        and not exists (select from content_bytes b
                        where b.site_id = $1 and b.image_id = $2 and b.version = v.version and ${isFound})
        and ${NOT_SEVERE}
      order by v.verdict is not null or v.kept_at is not null or v.blocks <> '[]', v.left_at, v.version
      limit greatest(0, (select count(*) from content_version where site_id = $1 and image_id = $2) - ${MOST.versions})`;

const forgetBytesOfMany = {
  name: 'forget-bytes-of-old-versions',
  text: `delete from content_bytes where site_id = $1 and image_id = $2 and version in (${tooMany})`,
};

const forgetMany = {
  name: 'forget-old-versions',
  text: `delete from content_version where site_id = $1 and image_id = $2 and version in (${tooMany})`,
};

const forgetEncodings = {
  name: 'forget-old-encodings',
  // The first of each version is what others are compared with.
  text: `
    delete from content_bytes
    where site_id = $1 and image_id = $2
      and sha256 in (
        select b.sha256
        from content_bytes b
        join content_version v on v.site_id = b.site_id and v.image_id = b.image_id and v.version = b.version
        where b.site_id = $1 and b.image_id = $2
          and exists (select from content_bytes e
                      where e.site_id = $1 and e.image_id = $2 and e.version = b.version
                        and (e.first_seen_at, e.sha256) < (b.first_seen_at, b.sha256))
          and not ${isFound}
          and ${NOT_SEVERE}
        order by v.verdict is not distinct from 'block', b.first_seen_at
        limit greatest(0, (select count(*) from content_bytes where site_id = $1 and image_id = $2) - ${MOST.encodings}))`,
};

/** An encoding of a version. What nobody looked at is null. */
export interface NewBytes {
  readonly siteId: string;
  readonly imageId: string;
  readonly sha256: Buffer;
  readonly version: number;
  readonly pdq: Buffer | null;
  readonly quality: number | null;
  readonly indistinct: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number | null;
  readonly format: string | null;
}

interface VersionOfImage {
  readonly siteId: string;
  readonly imageId: string;
  readonly version: number;
}

/** A version is shown no longer: what was its own comes back with it. */
export const saveLeftVersion = (
  tx: Tx,
  { siteId, imageId, version }: VersionOfImage,
  blocks: readonly Block[],
  keptAt: Date | null,
): void => tx.send(leave, [siteId, imageId, version, JSON.stringify(blocks), keptAt]);

/** A version is shown from now on, for the first time or again. */
export const saveBegunVersion = (
  tx: Tx,
  { siteId, imageId, version }: VersionOfImage,
  announced: boolean,
): void => tx.send(begin, [siteId, imageId, version, announced]);

export const insertBytes = (tx: Tx, row: NewBytes): void =>
  tx.send(bytes, [
    row.siteId,
    row.imageId,
    row.sha256,
    row.version,
    row.pdq,
    row.quality,
    row.indistinct,
    row.width,
    row.height,
    row.bytes,
    row.format,
  ]);

/** What was found at an address, or told of an id. `isOther`: not what its image showed until then. */
export const saveFoundBytes = (
  tx: Tx,
  siteId: string,
  hash: Buffer,
  sha256: Buffer,
  isOther: boolean,
): void => tx.send(found, [siteId, hash, sha256, isOther]);

/** Whatever is known of the bytes of one image is known of another, too, under the same numbers. */
export const insertCopiedContent = (tx: Tx, siteId: string, from: string, to: string): Promise<unknown[]> =>
  tx.query(copy, [siteId, from, to]);

/** Moves what is known of the bytes of an image that becomes part of another. `content`: the version that each shows. */
export async function moveContent(
  tx: Tx,
  siteId: string,
  from: { readonly id: string; readonly content: number },
  to: { readonly id: string; readonly content: number | null },
): Promise<void> {
  const images = [siteId, from.id, to.id];
  const [rows, [row]] = await Promise.all([
    tx.query<{ version: number; known: number | null }>(shared, [...images, from.content, to.content]),
    tx.query<{ last: number }>(last, [siteId, to.id]),
  ]);
  const known = rows.flatMap(({ version, known: as }) => (as === null ? [] : [{ version, as }]));
  const others = rows.filter((version) => version.known === null);
  // The numbers stay where the other image has none; else those that are new to it get the next ones.
  const moved = others.map(({ version }, index) => ({
    version,
    as: to.content === null ? version : (row?.last ?? 0) + index + 1,
  }));
  const mapped = (map: readonly { version: number; as: number }[]): unknown[] => [
    ...images,
    map.map(({ version }) => version),
    map.map(({ as }) => as),
  ];
  tx.send(moveVersions, [...mapped(moved), to.content, from.content]);
  tx.send(moveBytes, mapped([...known, ...moved]));
  tx.send(keepWord, [...mapped(known), from.content]);
  tx.send(changed, [siteId, to.id]);
  tx.send(forgetBytes, [siteId, from.id]);
  tx.send(forgetVersions, [siteId, from.id]);
  forgetOldContent(tx, siteId, to.id);
}

/** May more be known of an image than is remembered? */
export const isMuch = (known: readonly unknown[]): boolean => known.length >= MOST.versions;

/** Forgets versions and encodings that are more than are remembered. */
export function forgetOldContent(tx: Tx, siteId: string, imageId: string): void {
  for (const statement of [forgetBytesOfMany, forgetMany, forgetEncodings])
    tx.send(statement, [siteId, imageId]);
}

/** What people say of the bytes that images show. */
export const saveHumanWords = (
  tx: Tx,
  words_: readonly (VersionOfImage & { readonly word: HumanWord })[],
): void =>
  tx.send(words, [
    words_.map(({ siteId }) => siteId),
    words_.map(({ imageId }) => imageId),
    words_.map(({ version }) => version),
    words_.map(({ word }) => word.verdict),
    words_.map(({ word }) => word.reason),
  ]);
