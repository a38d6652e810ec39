import type { MembershipRole } from '../../entities/membership.entity.js';
import type { Tx } from '../../tx.js';

/** An account as admins see it. */
export interface StaffRow {
  readonly id: string;
  readonly email: string;
  readonly admin: boolean;
  readonly legal: boolean;
  readonly closed: boolean;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly sites: readonly {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly role: MembershipRole;
  }[];
}

const text = (where: string): string => `
    select s.id, s.email, s.admin, s.legal, s.disabled_at is not null as closed,
           s.password_hash is not null as "hasPassword",
           exists (select from second_factor f where f.staff_id = s.id and f.confirmed_at is not null) as "secondFactor",
           s.created_at as "createdAt",
           -- By account_event_staff, from its end.
           (select e.at from account_event e where e.staff_id = s.id and e.type = 'signed-in'
            order by e.seq desc limit 1) as "lastSignInAt",
           coalesce((select jsonb_agg(jsonb_build_object('id', w.id::text, 'slug', w.slug, 'name', w.name, 'role', m.role)
                                      order by w.slug)
                     from membership m join site w on w.id = m.site_id
                     where m.staff_id = s.id), '[]') as sites
    from staff s
    where ${where}`;

const page = {
  name: 'list-staff',
  text: `${text('s.id > $1')}
    order by s.id
    limit $2`,
};
const one = { name: 'read-staff', text: text('s.id = $1') };

/** At most so many accounts, by age, after the one with id `after`. */
export const listStaff = (db: Pick<Tx, 'query'>, after: string, limit: number): Promise<StaffRow[]> =>
  db.query(page, [after, limit]);

/** One account. */
export async function readStaff(db: Pick<Tx, 'query'>, staffId: string): Promise<StaffRow | undefined> {
  const [row] = await db.query<StaffRow>(one, [staffId]);
  return row;
}
