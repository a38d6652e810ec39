import type { Tx } from '../../tx.js';
import { muteStands } from './mute-readers.js';

/** A mute that stands. Who is muted is not among it. */
export interface MuteRow {
  readonly id: string;
  readonly siteId: string;
  readonly siteSlug: string;
  readonly cause: 'staff' | 'rule';
  readonly staffId: string | null;
  readonly email: string | null;
  readonly note: string | null;
  readonly caseId: string | null;
  /** Of the case. */
  readonly imageId: string | null;
  readonly at: Date;
  readonly until: Date | null;
  /** Decisions that said of their reports that they were right, and that they were wrong. */
  readonly upheld: number;
  readonly dismissed: number;
}

const columns = `m.id, m.site_id as "siteId", s.slug as "siteSlug", m.cause, m.staff_id as "staffId", a.email, m.note,
           m.case_id as "caseId", c.image_id as "imageId", m.at, m.until, r.upheld, r.dismissed`;

const joined = `
    join site s on s.id = m.site_id
    left join staff a on a.id = m.staff_id
    left join moderation_case c on c.id = m.case_id and c.site_id = m.site_id
    cross join lateral (
      select count(*) filter (where x.valid)::int as upheld, count(*) filter (where not x.valid)::int as dismissed
      from reporter_verdict x
      where x.site_id = m.site_id and x.reporter = m.reporter) r`;

const list = {
  name: 'list-mutes',
  // Few people of a site are muted at a time: no index beside the primary key, which site_id leads.
  text: `
    select ${columns}
    from muted_reporter m${joined}
    where ($1::bigint[] is null or m.site_id = any ($1)) and m.id < $2 and ${muteStands('m')}
    order by m.id desc
    limit $3`,
};

const byReporter = {
  name: 'read-mute',
  text: `
    select ${columns}
    from muted_reporter m${joined}
    where m.site_id = $1 and m.reporter = $2`,
};

const siteOf = {
  name: 'find-site-of-mute',
  text: `select m.site_id as "siteId" from muted_reporter m where m.id = $1 and ${muteStands('m')}`,
};

/** Greater than any number of a mute. */
const END = '9223372036854775807';

/** A page of those who are muted on these sites (null: on all), the latest first. */
export const listMutes = (
  db: Pick<Tx, 'query'>,
  siteIds: readonly string[] | null,
  before: string | null,
  limit: number,
): Promise<MuteRow[]> => db.query(list, [siteIds, before ?? END, limit]);

export async function readMute(
  db: Pick<Tx, 'query'>,
  siteId: string,
  reporter: Buffer,
): Promise<MuteRow | undefined> {
  const [row] = await db.query<MuteRow>(byReporter, [siteId, reporter]);
  return row;
}

/** The site on which the mute of this number stands; undefined: none does. */
export async function findSiteOfMute(db: Pick<Tx, 'query'>, id: string): Promise<string | undefined> {
  const [row] = await db.query<{ siteId: string }>(siteOf, [id]);
  return row?.siteId;
}
