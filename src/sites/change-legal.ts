import { accountOf } from '../accounts/account-of.js';
import { VigieError } from '../core/errors.js';
import { Staff } from '../database/entities/staff.entity.js';
import { spendLesserLinks } from '../database/statements/accounts/account-links.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { ManagedTx } from '../database/tx.js';

/**
 * Gives somebody the `legal` permission, or takes it. Only the operator's command line does: no role includes it, so that
 * nobody who reviews can give it, not even an admin. Links that others made are spent: whoever kept one would have it.
 *
 * @returns whether it was different before
 * @throws VigieError NOT_FOUND, CONFLICT when the account was closed
 */
export async function changeLegal(tx: ManagedTx, given: string, legal: boolean): Promise<boolean> {
  const staff = await accountOf(tx, given);
  const now = await lockStaff(tx, staff.id);
  if (legal && now?.closed === true) {
    throw new VigieError('CONFLICT', `The account of ${staff.email} was closed.`);
  }
  if (now?.legal === legal) return false;
  if (legal) spendLesserLinks(tx, staff.id, { by: null, adminsMay: false });
  await tx.manager.update(Staff, { id: staff.id }, { legal });
  const type = legal ? 'legal-given' : 'legal-taken';
  await noteAccountEvent(tx, { type, staffId: staff.id, by: 'operator' });
  await notifySettingsChanged(tx);
  return true;
}
