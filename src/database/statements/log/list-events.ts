import type { Tx } from '../../tx.js';

export interface EventRow {
  readonly seq: string;
  readonly siteId: string;
  readonly siteSlug: string;
  readonly imageId: string | null;
  /** Its address, or the site's own id where none is known. */
  readonly imageName: string | null;
  readonly caseId: string | null;
  readonly decisionId: string | null;
  readonly type: string;
  readonly actorKind: 'reader' | 'rule' | 'staff' | 'site' | 'operator';
  readonly actorId: string | null;
  readonly actorEmail: string | null;
  readonly ruleVersion: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

const columns = `e.seq, e.site_id as "siteId", s.slug as "siteSlug", e.image_id as "imageId",
           coalesce(i.url, i.key) as "imageName", e.case_id as "caseId",
           e.decision_id as "decisionId", e.type, e.actor_kind as "actorKind", e.actor_id as "actorId",
           a.email as "actorEmail", e.rule_version as "ruleVersion", e.data, e.at`;

/** What the columns are of; at most one row of each. */
const named = `
    join site s on s.id = e.site_id
    left join image i on i.site_id = e.site_id and i.id = e.image_id
    left join staff a on a.id = e.actor_id`;

/** What was escalated is for leads: `sites` are those of which the reader is one, null all. */
const shown = (event: string, sites: string): string => `
        (${sites}::bigint[] is null or ${event}.site_id = any (${sites}) or not exists (
           select from moderation_case c where c.id = ${event}.case_id and c.status = 'escalated'))`;

const ofSites = {
  name: 'list-events-of-sites',
  // One walk of event_site for each site, backwards; their heads are merged.
  text: `
    select ${columns}
    from unnest(coalesce($1::bigint[], array(select id from site))) as w (site_id)
    cross join lateral (
      select * from event x
      where x.site_id = w.site_id and x.seq < $2 and ${shown('x', '$4')}
      order by x.seq desc
      limit $3
    ) e${named}
    order by e.seq desc
    limit $3`,
};

const ofImage = {
  name: 'list-events-of-image',
  text: `
    select ${columns}
    from event e${named}
    where e.site_id = $1 and e.image_id = $2 and e.seq < $3 and ${shown('e', '$5')}
    order by e.seq desc
    limit $4`,
};

const ofCase = {
  name: 'list-events-of-case',
  text: `
    select ${columns}
    from event e${named}
    where e.site_id = $1 and e.image_id = $2 and e.case_id = $3
    order by e.seq desc
    limit $4`,
};

/** Greater than any number of the log. */
const END = '9223372036854775807';

/**
 * A page of the log of these sites (null: of all), newest first.
 * @param leadOf the sites whose escalated cases the reader may see; null: all
 */
export const listEventsOfSites = (
  db: Pick<Tx, 'query'>,
  siteIds: readonly string[] | null,
  leadOf: readonly string[] | null,
  before: string | null,
  limit: number,
): Promise<EventRow[]> => db.query(ofSites, [siteIds, before ?? END, limit, leadOf]);

/** A page of what happened to one image, newest first. */
export const listEventsOfImage = (
  db: Pick<Tx, 'query'>,
  image: { readonly siteId: string; readonly id: string },
  leadOf: readonly string[] | null,
  before: string | null,
  limit: number,
): Promise<EventRow[]> => db.query(ofImage, [image.siteId, image.id, before ?? END, limit, leadOf]);

/** The last so many events while this case was its image's, newest first. */
export const listEventsOfCase = (
  db: Pick<Tx, 'query'>,
  of: { readonly siteId: string; readonly imageId: string; readonly id: string },
  limit: number,
): Promise<EventRow[]> => db.query(ofCase, [of.siteId, of.imageId, of.id, limit]);
