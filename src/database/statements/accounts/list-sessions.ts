import { isLive } from './find-session.js';
import type { Tx } from '../../tx.js';

/** A session, as its owner sees it. */
export interface ListedSessionRow {
  readonly id: string;
  readonly browser: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

const statement = {
  name: 'list-sessions',
  // By session_staff.
  text: `
    select s.id::text, s.browser, s.created_at as "createdAt", s.seen_at as "seenAt"
      from session s
     where s.staff_id = $1 and s.stage = 'full' and ${isLive}
     order by s.seen_at desc, s.id desc
     limit $3`,
};

/** Somebody's sessions that are not over, those first that were used last. */
export const listSessions = (
  db: Pick<Tx, 'query'>,
  staffId: string,
  idleMinutes: number,
  limit: number,
): Promise<ListedSessionRow[]> => db.query(statement, [staffId, idleMinutes, limit]);
