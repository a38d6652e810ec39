import { notFound } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import { freeLeases } from '../database/statements/free-leases.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { keepALead } from './keep-a-lead.js';
import { lockSite } from './lock-site.js';

/**
 * Takes a member from a site, and frees the cases of it that they hold. The account stays.
 *
 * @throws VigieError NOT_FOUND, CONFLICT for the site's last lead unless `byAdmin`
 */
export async function removeMember(
  tx: ManagedTx,
  siteId: string,
  staffId: string,
  byAdmin: boolean,
): Promise<void> {
  await lockSite(tx, siteId);
  const membership = await tx.manager.findOneBy(Membership, { siteId, staffId });
  if (membership === null) throw notFound('member');
  await keepALead(tx, membership, byAdmin);
  await tx.manager.delete(Membership, { siteId, staffId });
  await freeLeases(tx, siteId, staffId);
  await notifySettingsChanged(tx);
}
