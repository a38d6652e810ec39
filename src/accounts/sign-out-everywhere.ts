import { notFound } from '../core/errors.js';
import { endSessions } from '../database/statements/accounts/end-sessions.js';
import { lockStaff } from '../database/statements/accounts/lock-staff.js';
import {
  noteAccountEvent,
  type NewAccountEvent,
} from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import type { Tx } from '../database/tx.js';

/**
 * Ends all sessions of a person, at once. Their tokens stay.
 *
 * @returns how many there were that were not over by themselves
 * @throws VigieError NOT_FOUND
 */
export async function signOutEverywhere(
  tx: Tx,
  staffId: string,
  by: NewAccountEvent['by'],
  idleMinutes: number,
): Promise<number> {
  if ((await lockStaff(tx, staffId)) === undefined) throw notFound('account');
  const sessions = await endSessions(tx, staffId, idleMinutes);
  if (sessions > 0) {
    await noteAccountEvent(tx, { type: 'session-ended', staffId, by, data: { sessions } });
    await notifySettingsChanged(tx);
  }
  return sessions;
}
