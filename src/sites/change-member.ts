import type { MemberRole } from '../contract/members.js';
import { notFound } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import { Staff } from '../database/entities/staff.entity.js';
import { spendLesserLinks } from '../database/statements/accounts/account-links.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import type { Member } from './add-member.js';
import { type Changer, keepALead } from './keep-a-lead.js';
import { lockSite } from './lock-site.js';
import { withoutPassword } from './without-password.js';

/**
 * Gives a member another role.
 *
 * @throws VigieError NOT_FOUND, CONFLICT for the site's last lead unless an admin does it
 */
export async function changeMember(
  tx: ManagedTx,
  siteId: string,
  staffId: string,
  role: MemberRole,
  by: Changer,
): Promise<Member> {
  await lockSite(tx, siteId);
  const membership = await tx.manager.findOneBy(Membership, { siteId, staffId });
  if (membership === null) throw notFound('member');
  if (membership.role !== role) {
    await keepALead(tx, membership, by.admin);
    const data = { role, before: membership.role };
    membership.role = role;
    if (role === 'lead') {
      await lockStaff(tx, staffId);
      spendLesserLinks(tx, staffId, { by: by.staffId, adminsMay: true });
    }
    await tx.manager.update(Membership, { siteId, staffId }, { role });
    await noteAccountEvent(tx, { type: 'member-changed', staffId, siteId, by, data });
    await notifySettingsChanged(tx);
  }
  const staff = await tx.manager.findOneByOrFail(Staff, { id: staffId });
  return { staff, membership, invited: (await withoutPassword(tx, [staffId])).has(staffId) };
}
