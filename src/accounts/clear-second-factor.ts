import { notFound, refused } from '../core/errors.js';
import { spendLinks } from '../database/statements/accounts/account-links.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import {
  noteAccountEvent,
  type NewAccountEvent,
} from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { deleteSecondFactor } from '../database/statements/accounts/save-account.js';
import type { Tx } from '../database/tx.js';

/**
 * Removes somebody's second factor, with its recovery codes: they lost it. Never one's own: whoever sits at an admin's open
 * session must not get rid of it. Of who may open what is sealed the operator alone: whoever reset their password would be
 * them. Links that there were are spent: the second factor may be all that stood in the way of one that was intercepted.
 *
 * @returns whether there was one
 * @throws VigieError NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function clearSecondFactor(
  tx: Tx,
  staffId: string,
  by: NewAccountEvent['by'],
): Promise<boolean> {
  if (typeof by !== 'string' && by.staffId === staffId) {
    throw refused(
      'CONFLICT',
      'own-account',
      'This is your own second factor: another admin has to remove it.',
    );
  }
  const account = await lockStaff(tx, staffId);
  if (account === undefined) throw notFound('account');
  if (account.legal && by !== 'operator') {
    throw refused(
      'FORBIDDEN',
      'operator-only',
      `${account.email} may open what is sealed: the operator alone removes it ("staff clear-second-factor").`,
    );
  }
  const removed = await deleteSecondFactor(tx, staffId);
  if (removed) {
    spendLinks(tx, staffId);
    await noteAccountEvent(tx, { type: 'second-factor-removed', staffId, by });
    await notifySettingsChanged(tx);
  }
  return removed;
}
