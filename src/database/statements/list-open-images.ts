import type { Tally } from '../../core/tally.js';
import type { Tx } from '../tx.js';

const statement = {
  name: 'list-open-images',
  // What a rule could block: somebody has yet to decide, nobody vouches for it, and neither rule nor moderator blocks it. Cases in
  // the order of their ids, page by page.
  text: `
    select c.id as "caseId", i.id, i.key_kind as "keyKind", i.key, i.url, i.round, i.kept_at as "keptAt", c.lifted_at as "liftedAt", i.tally
    from moderation_case c
    join image i on i.site_id = c.site_id and i.id = c.image_id
    where c.site_id = $1 and c.status in ('open', 'escalated') and c.id > $2 and not i.protected
      and not exists (select from block b
                      where b.site_id = i.site_id and b.image_id = i.id and b.source in ('threshold', 'moderator'))
    order by c.id
    limit $3`,
};

/** An image that awaits a decision. */
export interface OpenImageRow {
  readonly caseId: string;
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly url: string | null;
  readonly round: number;
  readonly keptAt: Date | null;
  readonly liftedAt: Date | null;
  readonly tally: Tally;
}

/** @param after the last case of the page before; "0" for the first page */
export const listOpenImages = (
  db: Pick<Tx, 'query'>,
  siteId: string,
  after: string,
  limit: number,
): Promise<OpenImageRow[]> => db.query(statement, [siteId, after, limit]);
