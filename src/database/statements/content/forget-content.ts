import { SEVERE_REASON } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';

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

/** May more be known of an image than is remembered? */
export const isMuch = (known: readonly unknown[]): boolean => known.length >= MOST.versions;

/** Forgets versions and encodings that are more than are remembered. */
export function forgetOldContent(tx: Tx, siteId: string, imageId: string): void {
  for (const statement of [forgetBytesOfMany, forgetMany, forgetEncodings])
    tx.send(statement, [siteId, imageId]);
}
