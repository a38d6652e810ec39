import { refused } from '../core/errors.js';
import type { ManagedTx } from '../database/tx.js';
import { type LinkSettings, type MadeLink, makeLink } from './make-link.js';
import { type Inviter, openAccount } from './open-account.js';

/** An account, with the link by which its owner sets a password; null: there was one. */
export interface Invited {
  readonly staffId: string;
  readonly invitation: MadeLink | null;
}

/**
 * Makes an account without a password, and an invitation to set one. An account that there is stays as it is.
 *
 * @throws VigieError INVALID, CONFLICT when it was closed, or is to be an admin's and is not
 */
export async function invite(
  tx: ManagedTx,
  { email, admin = false }: { readonly email: string; readonly admin?: boolean | undefined },
  by: Inviter,
  settings: LinkSettings,
): Promise<Invited> {
  const { staff, made } = await openAccount(tx, { email, admin, passwordHash: null }, by);
  if (admin && !staff.admin) {
    throw refused(
      'CONFLICT',
      'has-account',
      `${staff.email} has an account already: make it an admin's there.`,
    );
  }
  const link = { staffId: staff.id, purpose: 'invitation' } as const;
  return { staffId: staff.id, invitation: made ? await makeLink(tx, link, by, settings) : null };
}
