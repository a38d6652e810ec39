import type { SiteSettings } from '../access/caller.js';
import { siteSettings } from '../access/sites/site-settings.js';
import { VigieError } from '../core/errors.js';
import { findSite } from '../database/statements/sites/find-site.js';
import type { OpenDatabase } from './open-database.js';

/**
 * The site of a slug or a public id.
 *
 * @throws VigieError NOT_FOUND
 */
export async function siteNamed(
  { database, sealed }: Pick<OpenDatabase, 'database' | 'sealed'>,
  name: string,
): Promise<SiteSettings> {
  const id = sealed.databaseId('sit', name);
  const row = await findSite(database, id === null ? { slug: name } : { id });
  if (row !== undefined) return siteSettings(row);
  throw new VigieError('NOT_FOUND', `There is no site "${name}": "site list" shows those there are.`);
}
