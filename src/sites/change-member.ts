import type { MemberRole } from '../contract/members.js';
import { notFound } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import { Staff } from '../database/entities/staff.entity.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import type { Member } from './add-member.js';
import { keepALead } from './keep-a-lead.js';
import { lockSite } from './lock-site.js';

/**
 * Gives a member another role.
 *
 * @throws VigieError NOT_FOUND, CONFLICT for the site's last lead unless `byAdmin`
 */
export async function changeMember(
  tx: ManagedTx,
  siteId: string,
  staffId: string,
  role: MemberRole,
  byAdmin: boolean,
): Promise<Member> {
  await lockSite(tx, siteId);
  const membership = await tx.manager.findOneBy(Membership, { siteId, staffId });
  if (membership === null) throw notFound('member');
  if (membership.role !== role) {
    await keepALead(tx, membership, byAdmin);
    membership.role = role;
    await tx.manager.update(Membership, { siteId, staffId }, { role });
    await notifySettingsChanged(tx);
  }
  return { staff: await tx.manager.findOneByOrFail(Staff, { id: staffId }), membership };
}
