import type { Tx } from '../../tx.js';

/** A line of the accounts' log, with the addresses of those it names. */
export interface AccountEventRow {
  readonly seq: string;
  readonly type: string;
  readonly staffId: string | null;
  readonly email: string | null;
  readonly siteId: string | null;
  readonly siteSlug: string | null;
  readonly actorKind: 'staff' | 'operator' | 'anybody';
  readonly actorId: string | null;
  readonly actorEmail: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** Which lines; what is null holds for all. */
export interface AccountEventFilter {
  readonly staffId: string | null;
  readonly siteIds: readonly string[] | null;
}

const columns = `e.seq, e.type, e.staff_id as "staffId", s.email, e.site_id as "siteId", w.slug as "siteSlug",
           e.actor_kind as "actorKind", e.actor_id as "actorId", a.email as "actorEmail", e.data, e.at`;
const names = `
    left join staff s on s.id = e.staff_id
    left join staff a on a.id = e.actor_id
    left join site w on w.id = e.site_id`;

const all = {
  name: 'list-account-events',
  text: `
    select ${columns}
    from (select * from account_event where seq < $1 order by seq desc limit $2) e ${names}
    order by e.seq desc`,
};

const ofSites = {
  name: 'list-account-events-of-sites',
  // One walk of account_event_site for each site, backwards; their heads are merged.
  text: `
    select ${columns}
    from (
      select h.*
      from unnest($3::bigint[]) as o (site_id)
      cross join lateral (
        select * from account_event x
        where x.site_id = o.site_id and x.seq < $1
        order by x.seq desc
        limit $2
      ) h
      order by h.seq desc
      limit $2
    ) e ${names}
    order by e.seq desc`,
};

const ofAccount = {
  name: 'list-account-events-of-staff',
  // By account_event_staff, backwards.
  text: `
    select ${columns}
    from (
      select * from account_event
      where staff_id = $3 and seq < $1 and ($4::bigint[] is null or site_id = any ($4))
      order by seq desc
      limit $2
    ) e ${names}
    order by e.seq desc`,
};

/** Greater than any number of the log. */
const END = '9223372036854775807';

/** A page of the accounts' log, newest first. */
export function listAccountEvents(
  db: Pick<Tx, 'query'>,
  { staffId, siteIds }: AccountEventFilter,
  before: string | null,
  limit: number,
): Promise<AccountEventRow[]> {
  const page = [before ?? END, limit];
  if (staffId !== null) return db.query(ofAccount, [...page, staffId, siteIds]);
  return siteIds === null ? db.query(all, page) : db.query(ofSites, [...page, siteIds]);
}
