import type { AccountSettings } from '../config/load-config.js';
import { notFound, refused, VigieError } from '../core/errors.js';
import { spendLesserLinks, spendLinks } from '../database/statements/accounts/account-links.js';
import { endSessions } from '../database/statements/accounts/end-sessions.js';
import { freeAllLeases } from '../database/statements/cases/free-leases.js';
import { type LockedAccount, lockStaffAndAdmins } from '../database/statements/accounts/lock-staff.js';
import {
  noteAccountEvent,
  type NewAccountEvent,
} from '../database/statements/accounts/note-account-event.js';
import { notifySettingsChanged } from '../database/statements/sites/notify-settings-changed.js';
import { revokeAllTokens, setAdmin, setClosed } from '../database/statements/accounts/save-account.js';
import type { Tx } from '../database/tx.js';

/** What may change of an account; what is left out stays. */
export interface AccountChange {
  readonly admin?: boolean;
  readonly closed?: boolean;
}

type Actor = NewAccountEvent['by'];

/**
 * Makes somebody an admin or no longer one, closes an account or opens it again. Nobody takes from themselves, and the last
 * admin stays one, unless the operator says otherwise: the command line can always make another. Whoever does it must be an
 * admin still once the accounts are locked: of two who take that from each other at once, one does.
 *
 * @returns whether anything was different before
 * @throws VigieError NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function changeAccount(
  tx: Tx,
  staffId: string,
  { admin, closed }: AccountChange,
  by: Actor,
  { idleMinutes }: Pick<AccountSettings, 'idleMinutes'>,
): Promise<boolean> {
  const locked = await lockStaffAndAdmins(tx, staffId);
  const account = locked.find(({ id }) => id === staffId);
  if (account === undefined) throw notFound('account');
  if (
    typeof by !== 'string' &&
    !locked.some(({ id, admin, closed }) => id === by.staffId && admin && !closed)
  ) {
    throw new VigieError('FORBIDDEN', 'You are no admin any more.');
  }
  const wanted = { admin: admin ?? account.admin, closed: closed ?? account.closed };
  if (typeof by !== 'string') refuseToTake(account, wanted, locked, by.staffId);

  const changed = { admin: wanted.admin !== account.admin, closed: wanted.closed !== account.closed };
  if (changed.admin) await (wanted.admin ? giveAdmin(tx, staffId, by) : takeAdmin(tx, staffId, by));
  if (changed.closed) await (wanted.closed ? close(tx, staffId, by, idleMinutes) : open(tx, staffId, by));
  await notifySettingsChanged(tx);
  return changed.admin || changed.closed;
}

/** Makes somebody an admin, whose account is locked, and none yet. Links are spent whose makers could not have given that. */
export async function giveAdmin(tx: Tx, staffId: string, by: Actor): Promise<void> {
  setAdmin(tx, staffId, true);
  spendLesserLinks(tx, staffId, { by: typeof by === 'string' ? null : by.staffId, adminsMay: true });
  await noteAccountEvent(tx, { type: 'admin-given', staffId, by });
}

async function takeAdmin(tx: Tx, staffId: string, by: Actor): Promise<void> {
  setAdmin(tx, staffId, false);
  await noteAccountEvent(tx, { type: 'admin-taken', staffId, by });
}

function refuseToTake(
  account: LockedAccount,
  wanted: Required<AccountChange>,
  locked: readonly LockedAccount[],
  callerId: string,
): void {
  const takes = (account.admin && !wanted.admin) || (!account.closed && wanted.closed);
  if (!takes) return;
  if (account.id === callerId) {
    throw refused('CONFLICT', 'own-account', 'This is your own account: another admin has to do that.');
  }
  const others = locked.filter(({ id, admin, closed }) => admin && !closed && id !== account.id);
  if (others.length === 0) {
    throw refused('CONFLICT', 'last-admin', 'This is the last admin: make somebody else an admin first.');
  }
}

/** At once: what they are signed in to, their tokens, their links, and the cases that they hold (behaviour 41). */
async function close(tx: Tx, staffId: string, by: Actor, idleMinutes: number): Promise<void> {
  setClosed(tx, staffId, true);
  spendLinks(tx, staffId);
  const data = {
    sessionsEnded: await endSessions(tx, staffId, idleMinutes),
    tokensRevoked: await revokeAllTokens(tx, staffId),
    leasesFreed: await freeAllLeases(tx, staffId),
  };
  await noteAccountEvent(tx, { type: 'account-closed', staffId, by, data });
}

/** With the password and the roles that it had; sessions and tokens do not come back. */
async function open(tx: Tx, staffId: string, by: Actor): Promise<void> {
  setClosed(tx, staffId, false);
  await noteAccountEvent(tx, { type: 'account-opened', staffId, by });
}
