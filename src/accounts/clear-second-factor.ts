import { notFound, VigieError } from '../core/errors.js';
import { lockStaff } from '../database/statements/lock-staff.js';
import { noteAccountEvent, type NewAccountEvent } from '../database/statements/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/notify-settings-changed.js';
import { deleteSecondFactor } from '../database/statements/save-account.js';
import type { Tx } from '../database/tx.js';

/**
 * Removes somebody's second factor, with its recovery codes: they lost it. Never one's own: whoever sits at an admin's open
 * session must not get rid of it.
 *
 * @returns whether there was one
 * @throws VigieError NOT_FOUND, CONFLICT
 */
export async function clearSecondFactor(
  tx: Tx,
  staffId: string,
  by: NewAccountEvent['by'],
): Promise<boolean> {
  if (typeof by !== 'string' && by.staffId === staffId) {
    throw new VigieError('CONFLICT', 'This is your own second factor: another admin has to remove it.');
  }
  if ((await lockStaff(tx, staffId)) === undefined) throw notFound('account');
  const removed = await deleteSecondFactor(tx, staffId);
  if (removed) {
    await noteAccountEvent(tx, { type: 'second-factor-removed', staffId, by });
    await notifySettingsChanged(tx);
  }
  return removed;
}
