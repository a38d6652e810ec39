import { hashPassword, makePassword } from '../access/passwords.js';
import { changeAccount } from '../accounts/change-account.js';
import { openAccount } from '../accounts/open-account.js';
import type { Staff } from '../database/entities/staff.entity.js';
import type { ManagedTx } from '../database/tx.js';

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
 * The account of an e-mail address, as the operator makes it: with a password, when there is none. `admin` makes it an
 * admin; it is never taken away here.
 *
 * @throws VigieError INVALID, CONFLICT when the account was closed
 */
export async function createStaff(
  tx: ManagedTx,
  { email, admin }: { readonly email: string; readonly admin: boolean },
  { password, hash }: Credentials,
): Promise<CreatedStaff> {
  const { staff, made } = await openAccount(tx, { email, admin, passwordHash: hash }, 'operator');
  if (admin && !staff.admin) {
    await changeAccount(tx, staff.id, { admin }, 'operator');
    staff.admin = true;
  }
  return { staff, password: made ? password : null };
}
