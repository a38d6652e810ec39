import type { Visibility } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';
import { namedImageColumns, type NamedImageRow } from '../images/named-image.js';

/**
 * Keys are joined at reading time: later bindings come with later events, so early application converges. A merged
 * image has none: its key is an address of the surviving one.
 */
const page = {
  name: 'read-visibility-events',
  text: `
    select e.seq, e.site_id as "siteId", e.visibility, e.at,
           extract(epoch from clock_timestamp() - e.at)::float8 as "secondsAgo",
           ${namedImageColumns},
           array(
             select i.key_hash
             where i.key_hash is not null
             union all
             select a.hash
             from address a
             where a.site_id = e.site_id and a.image_id = e.image_id
           ) as hashes
    from event e
    left join image i on i.site_id = e.site_id and i.id = e.image_id and i.merged_into is null
    where e.seq > $1 and e.seq <= $2 and e.visibility is not null
    order by e.seq
    limit $3`,
};

export const siteChangesStatement = {
  name: 'read-site-changes',
  // By the index event_feed, and nothing joined before the page is cut: with the number alone, or with a join, a plan may
  // walk the events of all sites. What was said of an image that has since become part of another is left out: the event
  // of the merger says what holds of its address.
  text: `
    select e.seq, e.site_id as "siteId", e.visibility, e.at,
           ${namedImageColumns}
    from (
      select *
      from event v
      where (v.site_id, v.seq) > ($1, $2) and (v.site_id, v.seq) <= ($1, $3) and v.visibility is not null
        and (select o.merged_into is null from image o where o.site_id = v.site_id and o.id = v.image_id)
      order by v.site_id, v.seq
      limit $4
    ) e
    join image i on i.site_id = e.site_id and i.id = e.image_id
    order by e.site_id, e.seq`,
};

/** A line of the log that changed what is seen of an image, and how the image is named now. */
export interface SiteChangeRow extends NamedImageRow {
  readonly seq: string;
  readonly siteId: string;
  readonly visibility: Visibility;
  readonly at: Date;
}

/** The same with the hashes of all its keys and addresses; of a merged image no key and no hash. */
export interface VisibilityEvent extends Omit<SiteChangeRow, 'key' | 'keyKind'> {
  readonly keyKind: 'url' | 'id' | null;
  readonly key: string | null;
  /** How long ago it was written, by the clock of Postgres. */
  readonly secondsAgo: number;
  readonly hashes: readonly Buffer[];
}

/** The first `limit` of those events with `after` < seq <= `upTo`, in order. */
export const readVisibilityEvents = (
  tx: Tx,
  after: number,
  upTo: number,
  limit: number,
): Promise<VisibilityEvent[]> => tx.query(page, [after, upTo, limit]);

/** The same of one site. */
export const readSiteChanges = (
  tx: Tx,
  siteId: string,
  after: number,
  upTo: number,
  limit: number,
): Promise<SiteChangeRow[]> => tx.query(siteChangesStatement, [siteId, after, upTo, limit]);
