import { EMAIL_ADDRESS, LONGEST_ADDRESS } from '../contract/links.js';
import { invalid, refused } from '../core/errors.js';
import { Staff } from '../database/entities/staff.entity.js';
import { insertStaff } from '../database/statements/accounts/insert-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';

/** An account to be. */
export interface NewAccount {
  readonly email: string;
  readonly admin: boolean;
  /** Null: who it is for sets a password by a one-time link. */
  readonly passwordHash: string | null;
}

/** Who makes it. */
export type Inviter = 'operator' | { readonly staffId: string; readonly admin: boolean };

/** An account, and whether it is new. */
export interface OpenedAccount {
  readonly staff: Staff;
  readonly made: boolean;
}

/**
 * The account of an e-mail address: made when there is none. One that there is stays as it is.
 *
 * @throws VigieError INVALID, CONFLICT when the account was closed
 */
export async function openAccount(
  tx: ManagedTx,
  { admin, passwordHash, ...given }: NewAccount,
  by: Inviter,
): Promise<OpenedAccount> {
  const email = checkEmail(given.email);
  const [inserted] = await insertStaff(tx, email, passwordHash, admin);
  // A statement of its own: only its snapshot sees an account that somebody else made while we waited.
  const staff = await tx.manager.findOneByOrFail(Staff, { email });
  if (staff.disabledAt !== null) {
    // A lead learns nothing of accounts that are not of their site.
    if (by !== 'operator' && !by.admin)
      throw refused('CONFLICT', 'needs-admin', `${email} can not be added by a lead: ask an admin.`);
    throw refused(
      'CONFLICT',
      'account-closed',
      `The account of ${email} was closed: an admin can open it again.`,
    );
  }
  const made = inserted !== undefined;
  if (made) {
    await noteAccountEvent(tx, { type: 'account-made', staffId: staff.id, by });
    if (admin) await noteAccountEvent(tx, { type: 'admin-given', staffId: staff.id, by });
    await notifySettingsChanged(tx);
  }
  return { staff, made };
}

function checkEmail(given: string): string {
  const email = given.trim().toLowerCase();
  // Whether mail arrives there, only mail can tell.
  if (email.length <= LONGEST_ADDRESS && EMAIL_ADDRESS.test(email)) return email;
  throw invalid('/email', 'Must be an e-mail address, such as amina@example.ma.');
}
