import type { Session, Sessions } from '../access/staff/sessions.js';
import { rotateSession } from '../database/statements/accounts/keep-sessions.js';
import type { Tx } from '../database/tx.js';
import { sessionIsOver } from './confirm-sign-in.js';
import type { GivenSession } from './sign-in.js';

/**
 * Gives a session another cookie: whoever came to know the one before is out.
 *
 * @throws VigieError UNAUTHENTICATED when it ended meanwhile
 */
export async function renewSession(
  tx: Tx,
  sessions: Pick<Sessions, 'makeToken' | 'csrfToken'>,
  { id, stage, caller: { staffId } }: Session,
): Promise<GivenSession> {
  const { token, hash } = sessions.makeToken();
  const kept = await rotateSession(tx, id, hash);
  if (kept === undefined) throw sessionIsOver();
  return { ...kept, staffId, stage, csrfToken: sessions.csrfToken(hash), token };
}
