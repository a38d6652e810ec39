import type { Visibility } from '../../core/image-state.js';
import type { Database } from '../database.js';
import type { Tx } from '../tx.js';

const head = {
  name: 'read-log-head',
  text: `select coalesce(max(seq), 0) as seq from event`,
};

/** The number of the log's last event, 0 when it is empty. All before it are visible to whoever sees it. */
export async function readLogHead(db: Tx | Database): Promise<number> {
  const [row] = await db.query<{ seq: string }>(head);
  return Number(row?.seq ?? 0);
}

/**
 * Keys are joined at reading time: later bindings come with later events, so early application converges. A merged
 * image has none: its key is an address of the surviving one.
 */
const page = {
  name: 'read-visibility-events',
  text: `
    select e.seq,
           e.site_id as "siteId",
           e.visibility,
           array(
             select i.key_hash
             from image i
             where i.site_id = e.site_id and i.id = e.image_id and i.merged_into is null
             union all
             select a.hash
             from address a
             where a.site_id = e.site_id and a.image_id = e.image_id
           ) as hashes
    from event e
    where e.seq > $1 and e.seq <= $2 and e.visibility is not null
    order by e.seq
    limit $3`,
};

/** A line of the log that changed what is seen of an image, with the hashes of all its keys and addresses. */
export interface VisibilityEvent {
  readonly seq: string;
  readonly siteId: string;
  readonly visibility: Visibility;
  readonly hashes: readonly Buffer[];
}

/** The first `limit` of those events with `after` < seq <= `upTo`, in order. */
export const readVisibilityEvents = (
  tx: Tx,
  after: number,
  upTo: number,
  limit: number,
): Promise<VisibilityEvent[]> => tx.query(page, [after, upTo, limit]);
