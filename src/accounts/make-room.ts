import { endOldestSessions, endSessionOfHash } from '../database/statements/accounts/end-sessions.js';
import { noteAccountEvent } from '../database/statements/accounts/note-account-event.js';
import type { Tx } from '../database/tx.js';

/** Browsers in which somebody may be signed in at once. */
export const MOST_SESSIONS = 50;

/** Ends what was not used for longest where somebody has more sessions than they may. */
export async function endWhatIsTooMany(tx: Tx, staffId: string, idleMinutes: number): Promise<void> {
  const sessions = await endOldestSessions(tx, staffId, { keep: MOST_SESSIONS, idleMinutes });
  if (sessions === 0) return;
  await noteAccountEvent(tx, { type: 'session-ended', staffId, by: { staffId }, data: { sessions } });
}

/**
 * Ends the session whose cookie a browser loses, since it gets that of another: nobody could end it there any more.
 *
 * @param hash of the cookie
 * @param by who signs in, who may be somebody else
 */
export async function endReplaced(
  tx: Tx,
  hash: Buffer,
  by: { readonly staffId: string },
  idleMinutes: number,
): Promise<void> {
  const ended = await endSessionOfHash(tx, hash, idleMinutes);
  // One that still waited was none that its owner knows of.
  if (ended?.stage !== 'full') return;
  const { staffId } = ended;
  await noteAccountEvent(tx, { type: 'session-ended', staffId, by, data: { sessions: 1 } });
}
