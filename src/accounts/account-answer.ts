import type { Sealed } from '../access/sealing/sealed.js';
import type { AccountAnswer } from '../contract/accounts.js';
import type { StaffRow } from '../database/statements/accounts/list-staff.js';

/** An account as admins see it. */
export const accountAnswer = (
  sealed: Sealed,
  { id, createdAt, lastSignInAt, sites, ...account }: StaffRow,
): AccountAnswer => ({
  id: sealed.id('stf', id),
  ...account,
  createdAt: createdAt.toISOString(),
  lastSignInAt: lastSignInAt?.toISOString() ?? null,
  sites: sites.map((site) => ({ ...site, id: sealed.id('sit', site.id) })),
});
