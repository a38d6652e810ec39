import type { Database } from '../../src/database/database.js';
import { severeImage } from '../../src/database/statements/sealed-content.js';
import type { SeenContent, SeenOutcome } from '../../src/moderation/seen-content.js';

/**
 * The test's own: keeps which bytes an image has, in versions, under the image's lock, and knows nothing of rounds,
 * re-encodings or other images.
 */
export const seeContent =
  (database: Database) =>
  ({ siteId, hash, ...seen }: SeenContent): Promise<SeenOutcome> =>
    database.inTransaction(async ({ manager }) => {
      const [image] = await manager.query<{ id: string; content: number | null; severe: boolean }[]>(
        `select i.id, i.content, ${severeImage('i')} as severe
         from image i
         where i.site_id = $1 and i.merged_into is null
           and i.id = coalesce((select a.image_id from address a where a.hash = $2),
                               (select k.id from image k where k.key_hash = $2 and k.merged_into is null))
         for no key update of i`,
        [siteId, hash],
      );
      if (image === undefined) return { known: false };
      const key = [siteId, image.id, seen.sha256];
      const [known] = await manager.query<{ version: number }[]>(
        'select version from content_bytes where site_id = $1 and image_id = $2 and sha256 = $3',
        key,
      );
      const version = known?.version ?? (image.content ?? 0) + 1;
      await manager.query(
        `insert into content_version (site_id, image_id, version) values ($1, $2, $3) on conflict do nothing`,
        [siteId, image.id, version],
      );
      await manager.query(
        `insert into content_bytes (site_id, image_id, sha256, version, width, height) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [...key, version, seen.width, seen.height],
      );
      await manager.query(
        `update image set content = $3,
                content_changed_at = case when content <> $3 then clock_timestamp() else content_changed_at end
         where site_id = $1 and id = $2`,
        [siteId, image.id, version],
      );
      const change =
        image.content === null
          ? 'first'
          : image.content === version
            ? 'same'
            : known === undefined
              ? 'new'
              : 'returned';
      return { known: true, imageId: image.id, version, change, severe: image.severe };
    });
