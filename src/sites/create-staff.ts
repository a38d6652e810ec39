import { hashPassword, makePassword } from '../access/passwords.js';
import { invalid, VigieError } from '../core/errors.js';
import { Staff } from '../database/entities/staff.entity.js';
import { insertStaff } from '../database/statements/insert-staff.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
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
 * The account of an e-mail address: made when there is none. `admin` makes it an admin; it is never taken away here.
 *
 * @throws VigieError INVALID, CONFLICT when the account was closed
 */
export async function createStaff(
  tx: ManagedTx,
  given: { readonly email: string; readonly admin: boolean },
  { password, hash }: Credentials,
): Promise<CreatedStaff> {
  const email = checkEmail(given.email);
  const [made] = await insertStaff(tx, email, hash, given.admin);
  // A statement of its own: only its snapshot sees an account that somebody else made while we waited.
  const staff = await tx.manager.findOneByOrFail(Staff, { email });
  if (staff.disabledAt !== null) {
    throw new VigieError('CONFLICT', `The account of ${email} was closed: use another e-mail address.`);
  }
  if (given.admin && !staff.admin) {
    await tx.manager.update(Staff, { id: staff.id }, { admin: true });
    staff.admin = true;
  }
  await notifySettingsChanged(tx);
  return { staff, password: made === undefined ? null : password };
}

function checkEmail(given: string): string {
  const email = given.trim().toLowerCase();
  // Whether mail arrives there, only mail can tell.
  if (email.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email)) return email;
  throw invalid('/email', 'Must be an e-mail address, such as amina@example.ma.');
}
