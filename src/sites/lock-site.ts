import { notFound } from '../core/errors.js';
import { Site } from '../database/entities/site.entity.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * Locks a site's row until the transaction ends, so that its settings change one after the other. Reports go on:
 * this lock lets foreign keys be checked. Taken before any image or case.
 *
 * @throws VigieError NOT_FOUND
 */
export async function lockSite(tx: ManagedTx, siteId: string): Promise<Site> {
  const site = await tx.manager.findOne(Site, { where: { id: siteId }, lock: { mode: 'for_no_key_update' } });
  if (site === null) throw notFound('site');
  return site;
}
