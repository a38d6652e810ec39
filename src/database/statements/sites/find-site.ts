import type { Tx } from '../../tx.js';
import { siteRowJson, type SiteRow } from './site-row.js';

const byId = {
  name: 'find-site-by-id',
  text: `
    select ${siteRowJson} as site
      from site
     where site.id = $1`,
};

const bySlug = {
  name: 'find-site-by-slug',
  text: `
    select ${siteRowJson} as site
      from site
     where site.slug = $1`,
};

/** The site with this database id, or with this slug. */
export async function findSite(
  db: Pick<Tx, 'query'>,
  by: { readonly id: string } | { readonly slug: string },
): Promise<SiteRow | undefined> {
  const rows = db.query<{ site: SiteRow }>(
    ...('id' in by ? ([byId, [by.id]] as const) : ([bySlug, [by.slug]] as const)),
  );
  return (await rows)[0]?.site;
}
