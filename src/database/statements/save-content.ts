import type { HumanWord } from '../../core/human-word.js';
import type { Block } from '../../core/image-state.js';
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

const moveVersions = {
  name: 'move-content-versions',
  // What both show becomes one version; what else the other ever showed gets the next numbers.
  text: `
    insert into content_version (site_id, image_id, version, announced, verdict, reason, blocks, kept_at, began_at, left_at)
    select v.site_id, $3, n.base + v.version, v.announced, v.verdict, v.reason, v.blocks, v.kept_at, v.began_at,
           case when $5::int is null and v.version = $4 then null else coalesce(v.left_at, clock_timestamp()) end
    from content_version v
    cross join (select coalesce(max(version), 0) as base from content_version where site_id = $1 and image_id = $3) n
    where v.site_id = $1 and v.image_id = $2 and ($5::int is null or v.version <> $4)`,
};

const keepWord = {
  name: 'move-content-verdict',
  // A person's block of these bytes on either is one on both.
  text: `
    update content_version v
    set verdict = 'block', reason = o.reason
    from content_version o
    where v.site_id = $1 and v.image_id = $3 and v.version = $5
      and o.site_id = $1 and o.image_id = $2 and o.version = $4
      and o.verdict = 'block' and v.verdict is distinct from 'block'`,
};

const moveBytes = {
  name: 'move-content-bytes',
  // What seals them stays with the image that they leave: votes of earlier rounds, its case, its blocks.
  text: `
    insert into content_bytes (site_id, image_id, sha256, version, pdq, quality, indistinct, width, height, bytes, format,
                               first_seen_at, sealed_at)
    select b.site_id, $3, b.sha256, case when b.version = $4 and $5::int is not null then $5 else $6 + b.version end,
           b.pdq, b.quality, b.indistinct, b.width, b.height, b.bytes, b.format, b.first_seen_at,
           case when ${sealedRow('b', 'x')} then clock_timestamp() end
    from content_bytes b
    join image x on x.site_id = b.site_id and x.id = b.image_id
    where b.site_id = $1 and b.image_id = $2
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
  const values = [siteId, from.id, to.id, from.content, to.content];
  const [row] = await tx.query<{ last: number }>(last, [siteId, to.id]);
  await tx.query(moveVersions, values);
  await tx.query(moveBytes, [...values, row?.last ?? 0]);
  if (to.content !== null) await tx.query(keepWord, values);
  await tx.query(changed, [siteId, to.id]);
  await tx.query(forgetBytes, [siteId, from.id]);
  await tx.query(forgetVersions, [siteId, from.id]);
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
