import { includesRole, roleOn, type StaffCaller } from '../access/caller.js';
import { type LinkSettings, type MadeLink, makeLink } from '../accounts/make-link.js';
import type { MemberRole } from '../contract/members.js';
import { notFound, refused } from '../core/errors.js';
import { Membership } from '../database/entities/membership.entity.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import type { ManagedTx } from '../database/tx.js';
import { type AddedMember, addMember } from './add-member.js';
import { lockSite } from './lock-site.js';

/** A member, with the link by which a new one sets a password; null: they have an account. */
export interface InvitedMember extends AddedMember {
  readonly invitation: MadeLink | null;
}

/**
 * Makes somebody a member of a site, and invites them when they have no account yet.
 *
 * @throws VigieError as `addMember`
 */
export async function inviteMember(
  tx: ManagedTx,
  siteId: string,
  given: { readonly email: string; readonly role: MemberRole },
  caller: StaffCaller,
  settings: LinkSettings,
): Promise<InvitedMember> {
  const member = await addMember(tx, siteId, given, null, caller);
  const link = { staffId: member.staff.id, purpose: 'invitation', siteId } as const;
  return { ...member, invitation: member.made ? await makeLink(tx, link, caller, settings) : null };
}

/**
 * A new invitation for a member who has set no password yet. Whoever has the link is that person, so a lead makes none for
 * somebody who may do more than the lead: nobody grants more than they have.
 *
 * @throws VigieError NOT_FOUND, FORBIDDEN, CONFLICT when they have a password
 */
export async function inviteAgain(
  tx: ManagedTx,
  siteId: string,
  staffId: string,
  caller: StaffCaller,
  settings: LinkSettings,
): Promise<MadeLink> {
  await lockSite(tx, siteId);
  // Whoever gives them a right locks the account, too: it is seen here, or spends the link that is made here.
  const account = await lockStaff(tx, staffId);
  const memberships = await tx.manager.findBy(Membership, { staffId });
  if (account === undefined || !memberships.some((membership) => membership.siteId === siteId)) {
    throw notFound('member');
  }
  const { admin, legal } = account;
  const mayLess = memberships.every((membership) => {
    const own = roleOn(caller, membership.siteId);
    return own !== null && includesRole(own, 'lead');
  });
  if (!caller.admin && (admin || legal || !mayLess)) {
    throw refused(
      'FORBIDDEN',
      'needs-admin',
      'They have rights that you have not: ask an admin for their link.',
    );
  }
  return makeLink(tx, { staffId, purpose: 'invitation', siteId }, caller, settings);
}
