import type { Views } from '../../../core/views.js';
import type { Tx } from '../../tx.js';

const load = {
  name: 'load-image-views',
  text: `
    select v.image_id as "imageId", v.per_hour as "perHour", v.at
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join image_views v on v.site_id = w.site_id and v.image_id = w.id`,
};

const save = {
  name: 'save-image-views',
  // The newest word is the one that counts. Written under the image's lock.
  text: `
    insert into image_views (site_id, image_id, per_hour, at)
    select site_id, image_id, per_hour, at
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[]) as n (site_id, image_id, per_hour, at)
    on conflict (site_id, image_id) do update set per_hour = excluded.per_hour, at = excluded.at`,
};

export interface ViewsRow {
  readonly imageId: string;
  readonly perHour: number;
  readonly at: Date;
}

/** What sites said of how often these images are seen; one of which nobody said anything has no row. */
export const loadViews = (
  tx: Tx,
  images: readonly { readonly siteId: string; readonly id: string }[],
): Promise<ViewsRow[]> => tx.query(load, [images.map(({ siteId }) => siteId), images.map(({ id }) => id)]);

export interface ImageViews {
  readonly siteId: string;
  readonly imageId: string;
  readonly views: Views;
}

export const saveViews = (tx: Tx, told: readonly ImageViews[]): void =>
  tx.send(save, [
    told.map(({ siteId }) => siteId),
    told.map(({ imageId }) => imageId),
    told.map(({ views }) => views.perHour),
    told.map(({ views }) => new Date(views.at)),
  ]);
