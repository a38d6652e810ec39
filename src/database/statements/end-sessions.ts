import type { Tx } from '../tx.js';

const end = {
  name: 'end-sessions',
  // By session_staff.
  text: `
    update session
    set ended_at = clock_timestamp()
    where staff_id = $1 and ended_at is null
      and ($2::bigint is null or id = $2) and ($3::bigint is null or id <> $3)
    returning id::text`,
};

/**
 * Ends sessions of somebody: this one, all but one, or all. Whoever comes with the cookie of one is refused from the
 * commit on.
 *
 * @returns how many that ends
 */
export async function endSessions(
  tx: Pick<Tx, 'query'>,
  staffId: string,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> {
  const ended = await tx.query(end, [staffId, which.only ?? null, which.except ?? null]);
  return ended.length;
}

const has = {
  name: 'has-session',
  text: `select from session where id = $2 and staff_id = $1`,
};

/** Whether that is, or was, a session of theirs. One that has long been over is forgotten. */
export const hasSession = async (
  tx: Pick<Tx, 'query'>,
  staffId: string,
  sessionId: string,
): Promise<boolean> => (await tx.query(has, [staffId, sessionId])).length > 0;
