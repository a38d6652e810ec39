import type { ReviewState } from '../../core/image-state.js';
import type { Tally } from '../../core/tally.js';
import type { Tx } from '../tx.js';

const statement = {
  name: 'lock-images',
  // In id order, everywhere: no deadlock among those who lock images. "shadowed": made by us at the moment when the
  // site bound the same address to another image.
  text: `
    select i.site_id as "siteId", i.id, i.key_kind as "keyKind", i.key_hash as "keyHash",
           i.round, i.kept_at as "keptAt", i.tally, i.review_state as "reviewState", i.protected,
           i.blocked, i.version, i.since, i.merged_into as "mergedInto",
           i.merged_into is null and
           exists (select from address a
                   where a.hash = i.key_hash and a.image_id <> i.id) as shadowed
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join image i on i.site_id = w.site_id and i.id = w.id
    order by i.id
    for no key update of i`,
};

/** An image's own row, locked until the transaction ends. */
export interface ImageRow {
  readonly siteId: string;
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly keyHash: Buffer;
  readonly round: number;
  readonly keptAt: Date | null;
  readonly tally: Tally;
  readonly reviewState: ReviewState;
  readonly protected: boolean;
  readonly blocked: boolean;
  readonly version: number;
  readonly since: Date | null;
  readonly mergedInto: string | null;
  readonly shadowed: boolean;
}

/** Locks images, in id order. Ids of another site find nothing. */
export const lockImages = (tx: Tx, siteIds: readonly string[], ids: readonly string[]): Promise<ImageRow[]> =>
  tx.query(statement, [siteIds, ids]);
