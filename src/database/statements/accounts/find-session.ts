import type { MembershipRole } from '../../entities/membership.entity.js';
import type { Tx } from '../../tx.js';

/** What a session still waits for, or `full`: it opens all that its owner may. */
export type SessionStage = 'totp' | 'enrol' | 'full';

/** A session that is not over, with everything that a request by it needs. */
export interface SessionRow {
  readonly id: string;
  readonly stage: SessionStage;
  readonly expiresAt: Date;
  readonly staffId: string;
  readonly email: string;
  readonly admin: boolean;
  readonly legal: boolean;
  /** By the site's id. */
  readonly roles: Readonly<Record<string, MembershipRole>>;
}

/** Whether a session, called `s`, is not over by itself; `$2` is after how many minutes without a request it is. */
export const isInTime = `s.expires_at > clock_timestamp()
       and s.seen_at > clock_timestamp() - make_interval(mins => $2::int)`;

/** Whether it is not over, by itself or since somebody ended it. */
export const isLive = `s.ended_at is null and ${isInTime}`;

const statement = {
  name: 'find-session',
  // By the unique index of the hash, twice. A request writes once a minute at most, ten times in the shortest of idle times.
  text: `
    with seen as (
      update session s set seen_at = clock_timestamp()
       where s.hash = $1 and ${isLive} and $3::boolean
         and s.seen_at < clock_timestamp() - least(interval '1 minute', make_interval(mins => $2::int) / 10)
    )
    select s.id::text, s.stage, s.expires_at as "expiresAt",
           staff.id::text as "staffId", staff.email, staff.admin, staff.legal,
           coalesce((select jsonb_object_agg(membership.site_id, membership.role)
                       from membership
                      where membership.staff_id = staff.id), '{}') as roles
      from session s
      join staff on staff.id = s.staff_id
     where s.hash = $1 and ${isLive} and staff.disabled_at is null`,
};

/**
 * The session with this SHA-256, unless it is over or its owner's account was closed.
 *
 * @param isUse does that put off its end?
 */
export async function findSession(
  db: Pick<Tx, 'query'>,
  hash: Buffer,
  { idleMinutes, isUse }: { readonly idleMinutes: number; readonly isUse: boolean },
): Promise<SessionRow | undefined> {
  const [row] = await db.query<SessionRow>(statement, [hash, idleMinutes, isUse]);
  return row;
}
