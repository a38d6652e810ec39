import type { Tx } from '../../tx.js';
import type { SessionStage } from './find-session.js';

/** A session to be. */
export interface NewSession {
  readonly staffId: string;
  /** SHA-256 of what its cookie holds. */
  readonly hash: Buffer;
  readonly stage: SessionStage;
  readonly browser: string;
  /** Until it is over, however much it is used. */
  readonly minutes: number;
}

const insert = {
  name: 'insert-session',
  text: `
    insert into session (staff_id, hash, stage, browser, expires_at)
    values ($1, $2, $3, $4, clock_timestamp() + make_interval(mins => $5::int))
    returning id::text, expires_at as "expiresAt"`,
};

const raise = {
  name: 'raise-session',
  text: `
    update session
    set hash = $3, stage = 'full', seen_at = clock_timestamp(),
        expires_at = clock_timestamp() + make_interval(mins => $4::int)
    where id = $1 and stage = $2 and ended_at is null and expires_at > clock_timestamp()
    returning id::text, expires_at as "expiresAt"`,
};

const rotate = {
  name: 'rotate-session',
  text: `update session set hash = $2 where id = $1 and ended_at is null returning id::text, expires_at as "expiresAt"`,
};

/** A session as it was kept. */
export interface KeptSession {
  readonly id: string;
  readonly expiresAt: Date;
}

/** Starts a session. */
export async function insertSession(tx: Tx, session: NewSession): Promise<KeptSession> {
  const { staffId, hash, stage, browser, minutes } = session;
  const [row] = await tx.query<KeptSession>(insert, [staffId, hash, stage, browser, minutes]);
  if (row === undefined) throw new Error('the session was not stored');
  return row;
}

/** Makes a session that waited one that opens everything, under a new cookie; undefined: it waits no more, or is over. */
export async function raiseSession(
  tx: Tx,
  id: string,
  from: SessionStage,
  hash: Buffer,
  minutes: number,
): Promise<KeptSession | undefined> {
  const [row] = await tx.query<KeptSession>(raise, [id, from, hash, minutes]);
  return row;
}

/** Gives a session another cookie; undefined: it is over. */
export async function rotateSession(tx: Tx, id: string, hash: Buffer): Promise<KeptSession | undefined> {
  const [row] = await tx.query<KeptSession>(rotate, [id, hash]);
  return row;
}
