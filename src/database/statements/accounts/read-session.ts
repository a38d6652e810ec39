import type { Locale, Reason } from '../../../core/reasons.js';
import type { MembershipRole } from '../../entities/membership.entity.js';
import type { Tx } from '../../tx.js';

/** A site that somebody works for. */
export interface SessionSiteRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: MembershipRole | 'admin';
  readonly locale: Locale;
  readonly timeZone: string;
  readonly reasons: readonly Reason[];
}

/** What the owner of a session is told of themselves. */
export interface SessionOwnerRow {
  readonly email: string;
  readonly admin: boolean;
  readonly legal: boolean;
  readonly secondFactor: boolean;
  readonly sites: readonly SessionSiteRow[];
}

const statement = {
  name: 'read-session-owner',
  text: `
    select staff.email, staff.admin, staff.legal,
           exists (select from second_factor f
                    where f.staff_id = staff.id and f.confirmed_at is not null) as "secondFactor",
           coalesce((select jsonb_agg(jsonb_build_object(
                              'id', site.id::text, 'slug', site.slug, 'name', site.name,
                              'role', case when staff.admin then 'admin' else m.role end,
                              'locale', site.locale, 'timeZone', site.time_zone, 'reasons', site.reasons)
                            order by site.name, site.id)
                       from site
                       left join membership m on m.site_id = site.id and m.staff_id = staff.id
                      where staff.admin or m.role is not null), '[]') as sites
      from staff
     where staff.id = $1`,
};

/** Who somebody is, and where they work: for their own eyes. */
export async function readSessionOwner(
  db: Pick<Tx, 'query'>,
  staffId: string,
): Promise<SessionOwnerRow | undefined> {
  const [row] = await db.query<SessionOwnerRow>(statement, [staffId]);
  return row;
}
