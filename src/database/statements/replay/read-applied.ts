import type { Tx } from '../../tx.js';

const statement = {
  name: 'read-applied',
  // A case that is with the leads is not held, and says why it would be. What held an open one before stays known, and what
  // holds one by an older version goes on.
  text: `
    select w.image_id as "imageId",
           exists (select from block b
                   where b.site_id = $1 and b.image_id = w.image_id and b.source = 'threshold' and b.rule_version = $3) as blocked,
           exists (select from moderation_case c
                   where c.site_id = $1 and c.image_id = w.image_id
                     and (c.status = 'open' and c.held or c.status = 'escalated')
                     and (c.hold ->> 'ruleVersion')::int = $3
                     and not exists (select from image i where i.site_id = $1 and i.id = w.image_id and i.protected)) as held
    from unnest($2::bigint[]) as w (image_id)`,
};

/** What stands on these images by a version of the site's rule. */
export const readApplied = (
  db: Pick<Tx, 'query'>,
  siteId: string,
  imageIds: readonly string[],
  ruleVersion: number,
): Promise<{ readonly imageId: string; readonly blocked: boolean; readonly held: boolean }[]> =>
  db.query(statement, [siteId, imageIds, ruleVersion]);
