import { SEVERE_REASON } from '../../../core/reasons.js';
import type { Tally } from '../../../core/tally.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'list-open-images',
  // What a rule could block: somebody has yet to decide, nobody vouches for it, neither rule nor moderator blocks it, and its tally
  // is near enough. Cases in the order of their ids, page by page: a page is so many cases, of whose images few are wanted, and
  // it says where it ended. `offset 0`: each image is looked up, whatever the planner takes a page for. Of a million open
  // cases each image was sent to be left away here, in 2,000 pages: 3.7 s of a core of this process and 5.5 of Postgres',
  // and now 0.2 and 5.0.
  text: `
    with page as materialized (
      select c.site_id, c.id, c.image_id, c.lifted_at
      from moderation_case c
      where c.site_id = $1 and c.status in ('open', 'escalated') and c.id > $2
      order by c.id
      limit $3
    )
    select l."lastCase", q.*
    from (select max(p.id) as "lastCase" from page p) l
    left join (
      select p.id as "caseId", i.id, i."keyKind", i.key, i.url, i.round, i."keptAt", p.lifted_at as "liftedAt", i.tally
      from page p
      cross join lateral (
        select i.id, i.key_kind as "keyKind", i.key, i.url, i.round, i.kept_at as "keptAt", i.tally
        from image i
        where i.site_id = p.site_id and i.id = p.image_id and not i.protected
          and ((select sum(t.n::int) from jsonb_each_text(i.tally) as t (reasons, n)) >= $4
               or i.tally::text like '%${SEVERE_REASON}%')
          and not exists (select from block b
                          where b.site_id = i.site_id and b.image_id = i.id and b.source in ('threshold', 'moderator'))
        offset 0
      ) i
    ) q on true
    order by q."caseId"`,
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

/** What a number of open cases hold. */
export interface OpenImagesPage {
  readonly images: readonly OpenImageRow[];
  /** The last case that was looked at; null: there was none. */
  readonly lastCase: string | null;
}

/** As a page comes: where none of its images is wanted, one row says where it ended. */
type Row = { readonly lastCase: string | null } & (OpenImageRow | { readonly caseId: null });

/**
 * The images of the next open cases for which at least so many reported, or whom anybody reported for the severe reason.
 *
 * @param after the last case of the page before; "0" for the first page
 * @param cases how many are looked at
 */
export async function listOpenImages(
  db: Pick<Tx, 'query'>,
  siteId: string,
  { after, cases, reporters }: { readonly after: string; readonly cases: number; readonly reporters: number },
): Promise<OpenImagesPage> {
  const rows = await db.query<Row>(statement, [siteId, after, cases, reporters]);
  return {
    images: rows.filter((row): row is Row & OpenImageRow => row.caseId !== null),
    lastCase: rows[0]?.lastCase ?? null,
  };
}
