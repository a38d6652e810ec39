import type { ReviewState } from '../../core/image-state.js';
import type { LeftOut } from '../../core/left-out.js';
import type { Tally } from '../../core/tally.js';
import type { Tx } from '../tx.js';

const tallies = {
  name: 'save-tallies',
  // Touches no indexed column, so the row stays on its page (heap-only update).
  text: `
    update image i
    set tally = w.tally::jsonb
    from unnest($1::bigint[], $2::bigint[], $3::text[]) as w (site_id, id, tally)
    where i.site_id = w.site_id and i.id = w.id`,
};

const leftOut = {
  name: 'save-left-out',
  // Apart from the tally, which every batch saves: few batches bring votes that are left out.
  text: `
    update image i
    set left_out = w.left_out::jsonb
    from unnest($1::bigint[], $2::bigint[], $3::text[]) as w (site_id, id, left_out)
    where i.site_id = w.site_id and i.id = w.id`,
};

const states = {
  name: 'save-images',
  text: `
    update image i
    set round = w.round,
        round_started_at = case when w.round = i.round then i.round_started_at else clock_timestamp() end,
        kept_at = w.kept_at, tally = w.tally, review_state = w.review_state, protected = w.protected,
        blocked = w.blocked, shown_reason = w.shown_reason, reviewed = w.reviewed, since = w.since, version = w.version,
        content = w.content, content_changed_at = w.content_changed_at
    from jsonb_to_recordset($1::jsonb)
         as w (site_id bigint, id bigint, round int, kept_at timestamptz, tally jsonb, review_state text,
               protected boolean, blocked boolean, shown_reason text, reviewed boolean, since timestamptz, version int,
               content int, content_changed_at timestamptz)
    where i.site_id = w.site_id and i.id = w.id`,
};

export interface SavedImage {
  readonly site_id: string;
  readonly id: string;
  readonly round: number;
  readonly kept_at: Date | null;
  readonly tally: Tally;
  readonly review_state: ReviewState;
  readonly protected: boolean;
  readonly blocked: boolean;
  readonly shown_reason: string | null;
  readonly reviewed: boolean;
  readonly since: Date | null;
  readonly version: number;
  readonly content: number | null;
  readonly content_changed_at: Date | null;
}

/** For images of which only the votes changed. */
export const saveTallies = (
  tx: Tx,
  images: readonly { siteId: string; imageId: string; tally: Tally }[],
): void =>
  tx.send(tallies, [
    images.map(({ siteId }) => siteId),
    images.map(({ imageId }) => imageId),
    images.map(({ tally }) => JSON.stringify(tally)),
  ]);

/** What is not counted, and why, of images where that changed. */
export const saveLeftOut = (
  tx: Tx,
  images: readonly { siteId: string; imageId: string; leftOut: LeftOut }[],
): void =>
  tx.send(leftOut, [
    images.map(({ siteId }) => siteId),
    images.map(({ imageId }) => imageId),
    images.map((image) => JSON.stringify(image.leftOut)),
  ]);

export const saveImages = (tx: Tx, images: readonly SavedImage[]): void =>
  tx.send(states, [JSON.stringify(images)]);

const deleteEmpty = {
  name: 'delete-images',
  text: `
    delete from image i
    using unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    where i.site_id = w.site_id and i.id = w.id`,
};

/** Images that this transaction made and does not need. */
export const deleteImages = (
  tx: Tx,
  images: readonly { siteId: string; imageId: string }[],
): Promise<unknown[]> =>
  tx.query(deleteEmpty, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);

/** The same without waiting for it. */
export const sendDeleteImages = (
  tx: Tx,
  images: readonly { readonly siteId: string; readonly imageId: string }[],
): void => tx.send(deleteEmpty, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);
