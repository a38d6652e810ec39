import type { Tx } from '../../tx.js';
import { forgetOldContent } from './forget-content.js';
import { sealedRow } from './sealed-content.js';

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
