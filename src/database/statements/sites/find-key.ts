import type { MembershipRole } from '../../entities/membership.entity.js';
import type { Tx } from '../../tx.js';
import { siteRowJson, type SiteRow } from './site-row.js';

interface Common {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
  /** Until it expires, by the database's clock; null: never; negative: it has. */
  readonly millisecondsLeft: number | null;
}

/** A key with everything that a request by it needs. */
export type KeyRow = Common &
  (
    | { readonly kind: 'publishable' | 'secret'; readonly site: SiteRow; readonly staff: null }
    | {
        readonly kind: 'staff';
        readonly site: null;
        readonly staff: {
          readonly id: string;
          readonly email: string;
          readonly admin: boolean;
          readonly legal: boolean;
          readonly disabled: boolean;
          /** By the site's id. */
          readonly roles: Readonly<Record<string, MembershipRole>>;
        };
      }
  );

const statement = {
  name: 'find-key',
  text: `
    select api_key.id::text,
           api_key.kind,
           api_key.scopes,
           api_key.revoked_at is not null as revoked,
           (extract(epoch from api_key.expires_at - clock_timestamp()) * 1000)::float8 as "millisecondsLeft",
           case when site.id is not null then ${siteRowJson} end as site,
           case when staff.id is not null then jsonb_build_object(
             'id',       staff.id::text,
             'email',    staff.email,
             'admin',    staff.admin,
             'legal',    staff.legal,
             'disabled', staff.disabled_at is not null,
             'roles',    coalesce((select jsonb_object_agg(membership.site_id, membership.role)
                                     from membership
                                    where membership.staff_id = staff.id), '{}')) end as staff
      from api_key
      left join site  on site.id  = api_key.site_id
      left join staff on staff.id = api_key.staff_id
     where api_key.hash = $1`,
};

/** The key with this SHA-256, revoked or expired ones too: their holder is told so. */
export async function findKey(db: Pick<Tx, 'query'>, hash: Buffer): Promise<KeyRow | undefined> {
  const [row] = await db.query<KeyRow>(statement, [hash]);
  return row;
}
