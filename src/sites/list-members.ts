import { In, MoreThan } from 'typeorm';
import { Membership } from '../database/entities/membership.entity.js';
import { Staff } from '../database/entities/staff.entity.js';
import type { ManagedTx } from '../database/tx.js';
import type { Member } from './add-member.js';
import { withoutPassword } from './without-password.js';

/** At most `limit` members of a site, by the age of their accounts, after the one with id `after`. */
export async function listMembers(
  tx: ManagedTx,
  siteId: string,
  limit: number,
  after: string,
): Promise<readonly Member[]> {
  const memberships = await tx.manager.find(Membership, {
    where: { siteId, staffId: MoreThan(after) },
    order: { staffId: 'ASC' },
    take: limit,
  });
  const ids = memberships.map(({ staffId }) => staffId);
  const accounts = await tx.manager.findBy(Staff, { id: In(ids) });
  const invited = await withoutPassword(tx, ids);
  const byId = new Map(accounts.map((staff) => [staff.id, staff]));
  return memberships.flatMap((membership) => {
    const staff = byId.get(membership.staffId);
    return staff === undefined ? [] : [{ staff, membership, invited: invited.has(staff.id) }];
  });
}
