import type { HumanWord } from '../../../core/human-word.js';
import type { Block } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';

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
