import { notFound } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import { freeLeases } from '../database/statements/cases/free-leases.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { wasMember } from '../database/statements/accounts/was-member.js';
import type { ManagedTx } from '../database/tx.js';
import { type Changer, keepALead } from './keep-a-lead.js';
import { lockSite } from './lock-site.js';

/**
 * Takes a member from a site, and frees the cases of it that they hold. The account stays. Who was taken from it before is no
 * error.
 *
 * @throws VigieError NOT_FOUND for who never was one; CONFLICT for the site's last lead unless an admin does it
 */
export async function removeMember(
  tx: ManagedTx,
  siteId: string,
  staffId: string,
  by: Changer,
): Promise<void> {
  await lockSite(tx, siteId);
  const membership = await tx.manager.findOneBy(Membership, { siteId, staffId });
  if (membership === null) {
    if (await wasMember(tx, staffId, siteId)) return;
    throw notFound('member');
  }
  await keepALead(tx, membership, by.admin);
  await tx.manager.delete(Membership, { siteId, staffId });
  await freeLeases(tx, siteId, staffId);
  const data = { role: membership.role };
  await noteAccountEvent(tx, { type: 'member-removed', staffId, siteId, by, data });
  await notifySettingsChanged(tx);
}
