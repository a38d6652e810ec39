import { isInTime, isLive, type SessionStage } from './find-session.js';
import type { Tx } from '../../tx.js';

const end = {
  name: 'end-sessions',
  // By session_staff.
  text: `
    with ended as (
      update session s set ended_at = clock_timestamp()
       where s.staff_id = $1 and s.ended_at is null
         and ($3::bigint is null or s.id = $3) and ($4::bigint is null or s.id <> $4)
      returning s.stage = 'full' and ${isInTime} as used
    )
    select count(*)::int as n from ended where used`,
};

const endOfHash = {
  name: 'end-session-of-hash',
  text: `
    update session s set ended_at = clock_timestamp()
     where s.hash = $1 and ${isLive}
    returning s.staff_id::text as "staffId", s.stage`,
};

const endOldest = {
  name: 'end-oldest-sessions',
  // By session_staff.
  text: `
    update session set ended_at = clock_timestamp()
     where id in (select s.id from session s
                   where s.staff_id = $1 and s.stage = 'full' and ${isLive}
                   order by s.seen_at desc, s.id desc
                  offset $3)
    returning id::text`,
};

/**
 * Ends sessions of somebody: this one, all but one, or all. Whoever comes with the cookie of one is refused from the
 * commit on.
 *
 * @returns in how many of them somebody was signed in: not those that still waited, or were over by themselves
 */
export async function endSessions(
  tx: Pick<Tx, 'query'>,
  staffId: string,
  idleMinutes: number,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> {
  const params = [staffId, idleMinutes, which.only ?? null, which.except ?? null];
  const [ended] = await tx.query<{ n: number }>(end, params);
  return ended?.n ?? 0;
}

/** Whose a session was that was ended, and how far it was. */
export interface EndedSession {
  readonly staffId: string;
  readonly stage: SessionStage;
}

/** Ends the session whose cookie has this SHA-256; undefined: there is none, or it is over. */
export async function endSessionOfHash(
  tx: Pick<Tx, 'query'>,
  hash: Buffer,
  idleMinutes: number,
): Promise<EndedSession | undefined> {
  const [ended] = await tx.query<EndedSession>(endOfHash, [hash, idleMinutes]);
  return ended;
}

/**
 * Ends the sessions of somebody that were not used for longest, all but so many.
 *
 * @returns how many that ends
 */
export async function endOldestSessions(
  tx: Pick<Tx, 'query'>,
  staffId: string,
  { keep, idleMinutes }: { readonly keep: number; readonly idleMinutes: number },
): Promise<number> {
  const ended = await tx.query(endOldest, [staffId, idleMinutes, keep]);
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
