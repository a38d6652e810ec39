import type { MemberRole } from '../contract/members.js';
import { VigieError } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import type { Staff } from '../database/entities/staff.entity.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';
import { createStaff, type Credentials } from './create-staff.js';
import { lockSite } from './lock-site.js';

/** A member with their account. */
export interface Member {
  readonly staff: Staff;
  readonly membership: Membership;
}

export interface AddedMember extends Member {
  /** The first password of a new account, else null. */
  readonly password: string | null;
  /** False: they were a member with this role already. */
  readonly added: boolean;
}

/**
 * Makes somebody a member of a site; makes their account when they have none.
 *
 * @throws VigieError INVALID, CONFLICT when they are a member with another role
 */
export async function addMember(
  tx: ManagedTx,
  siteId: string,
  given: { readonly email: string; readonly role: MemberRole },
  credentials: Credentials,
): Promise<AddedMember> {
  await lockSite(tx, siteId);
  const { staff, password } = await createStaff(tx, { email: given.email, admin: false }, credentials);
  const memberships = tx.manager.getRepository(Membership);
  const standing = await memberships.findOneBy({ siteId, staffId: staff.id });
  if (standing !== null && standing.role !== given.role) {
    throw new VigieError(
      'CONFLICT',
      `${staff.email} is a ${standing.role} of this site already: change the role of that member.`,
    );
  }
  if (standing !== null) return { staff, membership: standing, password, added: false };
  await memberships.insert({ siteId, staffId: staff.id, role: given.role });
  await notifySettingsChanged(tx);
  const membership = await memberships.findOneByOrFail({ siteId, staffId: staff.id });
  return { staff, membership, password, added: true };
}
