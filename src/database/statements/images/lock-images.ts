import type { ReviewState } from '../../../core/image-state.js';
import type { LeftOut } from '../../../core/left-out.js';
import type { Tally } from '../../../core/tally.js';
import type { Tx } from '../../tx.js';

const statement = {
  name: 'lock-images',
  // An address wins over an image of that key: the site bound it. Two unique probes a key, then the image's row. Locked in
  // id order, everywhere: no deadlock among those who lock images. What is named by key and what is named by id are in
  // one statement, since two could meet in the opposite order.
  text: `
    select w.n::int as n, i.site_id as "siteId", i.id, i.key_kind as "keyKind", i.key_hash as "keyHash",
           i.round, i.kept_at as "keptAt", i.tally, i.left_out as "leftOut", i.review_state as "reviewState", i.protected,
           i.blocked, i.version, i.since, i.content, i.content_changed_at as "contentChangedAt",
           i.merged_into as "mergedInto"
    from (
      select k.n, k.site_id, coalesce(k.id, a.image_id, o.id) as id
      from unnest($1::bigint[], $2::bytea[], $3::bigint[]) with ordinality as k (site_id, hash, id, n)
      left join address a on a.hash = k.hash
      left join image o on o.key_hash = k.hash and o.merged_into is null
    ) w
    join image i on i.site_id = w.site_id and i.id = w.id
    order by i.id
    for no key update of i`,
};

/** An image by its row, or by a key. */
export type ImageName = { readonly siteId: string } & (
  | { readonly imageId: string; readonly hash?: undefined }
  | { readonly hash: Buffer; readonly imageId?: undefined }
);

/** An image's own row, locked until the transaction ends. */
export interface ImageRow {
  readonly siteId: string;
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly keyHash: Buffer;
  readonly round: number;
  readonly keptAt: Date | null;
  readonly tally: Tally;
  readonly leftOut: LeftOut;
  readonly reviewState: ReviewState;
  readonly protected: boolean;
  readonly blocked: boolean;
  readonly version: number;
  readonly since: Date | null;
  readonly content: number | null;
  readonly contentChangedAt: Date | null;
  readonly mergedInto: string | null;
}

/**
 * Locks images, in id order; each with its place in what was asked (from 1), so one that has two names comes twice. What
 * is unknown, or another site's, is left out.
 */
export const lockImages = (
  tx: Tx,
  names: readonly ImageName[],
): Promise<(ImageRow & { readonly n: number })[]> =>
  tx.query(statement, [
    names.map(({ siteId }) => siteId),
    names.map(({ hash }) => hash ?? null),
    names.map(({ imageId }) => imageId ?? null),
  ]);
