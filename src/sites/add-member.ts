import { type Inviter, openAccount } from '../accounts/open-account.js';
import type { MemberRole } from '../contract/members.js';
import { refused } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import type { Staff } from '../database/entities/staff.entity.js';
import { spendLesserLinks } from '../database/statements/accounts/account-links.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import type { Credentials } from './create-staff.js';
import { lockSite } from './lock-site.js';
import { withoutPassword } from './without-password.js';

/** A member with their account. */
export interface Member {
  readonly staff: Staff;
  readonly membership: Membership;
  /** Whether they were invited, and have set no password yet. */
  readonly invited: boolean;
}

export interface AddedMember extends Member {
  /** The first password of a new account that was given one, else null. */
  readonly password: string | null;
  /** Whether their account is new. */
  readonly made: boolean;
  /** False: they were a member with this role already. */
  readonly added: boolean;
}

/**
 * Makes somebody a member of a site; makes their account when they have none. Links of theirs that a lead elsewhere made are
 * spent: whoever kept one would be a member here.
 *
 * @param credentials of a new account; null: it has no password until its owner sets one
 * @throws VigieError INVALID, CONFLICT when they are a member with another role
 */
export async function addMember(
  tx: ManagedTx,
  siteId: string,
  { email, role }: { readonly email: string; readonly role: MemberRole },
  credentials: Credentials | null,
  by: Inviter = 'operator',
): Promise<AddedMember> {
  await lockSite(tx, siteId);
  const account = { email, admin: false, passwordHash: credentials?.hash ?? null };
  const { staff, made } = await openAccount(tx, account, by);
  const password = made ? (credentials?.password ?? null) : null;
  const memberships = tx.manager.getRepository(Membership);
  const standing = await memberships.findOneBy({ siteId, staffId: staff.id });
  if (standing !== null && standing.role !== role) {
    throw refused(
      'CONFLICT',
      'other-role',
      `${staff.email} is a ${standing.role} of this site already: change the role of that member.`,
    );
  }
  const invited = (await withoutPassword(tx, [staff.id])).has(staff.id);
  if (standing !== null) return { staff, membership: standing, invited, password, made, added: false };
  await lockStaff(tx, staff.id);
  spendLesserLinks(tx, staff.id, { by: typeof by === 'string' ? null : by.staffId, adminsMay: true });
  await memberships.insert({ siteId, staffId: staff.id, role });
  await noteAccountEvent(tx, { type: 'member-added', staffId: staff.id, siteId, by, data: { role } });
  await notifySettingsChanged(tx);
  const membership = await memberships.findOneByOrFail({ siteId, staffId: staff.id });
  return { staff, membership, invited, password, made, added: true };
}
