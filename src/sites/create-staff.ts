import { hashPassword, makePassword } from '../access/staff/passwords.js';
import { giveAdmin } from '../accounts/change-account.js';
import { openAccount } from '../accounts/open-account.js';
import type { Staff } from '../database/entities/staff.entity.js';
import { spendLinks } from '../database/statements/accounts/account-links.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { setPassword } from '../database/statements/accounts/save-account.js';
import type { ManagedTx, Tx } from '../database/tx.js';

/** A first password, with what is stored of it. */
export interface Credentials {
  readonly password: string;
  readonly hash: string;
}

/** Makes a password. Takes a moment by design, so it is done before a transaction is opened. */
export async function makeCredentials(): Promise<Credentials> {
  const password = makePassword();
  return { password, hash: await hashPassword(password) };
}

/** An account, with its password when it is new. */
export interface CreatedStaff {
  readonly staff: Staff;
  readonly password: string | null;
}

/**
 * The account of an e-mail address, as the operator makes it: with this password, when there is none. `admin` makes it an
 * admin; it is never taken away here.
 *
 * @param credentials null: its owner sets a password by a one-time link
 * @throws VigieError INVALID, CONFLICT when the account was closed
 */
export async function createStaff(
  tx: ManagedTx,
  { email, admin }: { readonly email: string; readonly admin: boolean },
  credentials: Credentials | null,
): Promise<CreatedStaff> {
  const passwordHash = credentials?.hash ?? null;
  const { staff, made } = await openAccount(tx, { email, admin, passwordHash }, 'operator');
  if (admin && !staff.admin) {
    // Another command may have been faster.
    if ((await lockStaff(tx, staff.id))?.admin === false) await giveAdmin(tx, staff.id, 'operator');
    await notifySettingsChanged(tx);
    staff.admin = true;
  }
  return { staff, password: made ? (credentials?.password ?? null) : null };
}

/**
 * The first password of somebody who was invited and has set none: links to set one are spent.
 *
 * @returns whether it is theirs now; they may have one, which stays
 */
export async function giveFirstPassword(tx: Tx, staffId: string, hash: string): Promise<boolean> {
  const account = await lockStaff(tx, staffId);
  if (account?.hasPassword !== false) return false;
  spendLinks(tx, staffId);
  setPassword(tx, staffId, hash);
  await noteAccountEvent(tx, { type: 'password-changed', staffId, by: 'operator' });
  await notifySettingsChanged(tx);
  return true;
}
