import type { ReviewState } from '../../../core/image-state.js';
import type { LeftOut } from '../../../core/left-out.js';
import type { Tally } from '../../../core/tally.js';
import type { Tx } from '../../tx.js';

const tallies = {
  name: 'save-tallies',
  // Changes no indexed column but where nobody on the image is known any more, so the row stays on its page (heap-only update). Whether votes count or are left out, it is
  // this statement: from outside, nobody can tell by its time. Few batches bring votes that are left out: the others send
  // none of it.
  text: `
    update image i
    set tally = w.tally::jsonb, left_out = coalesce(w.left_out::jsonb, i.left_out),
        readers_since = coalesce(i.readers_since, clock_timestamp())
    from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as w (site_id, id, tally, left_out)
    where i.site_id = w.site_id and i.id = w.id`,
};

const states = {
  name: 'save-images',
  text: `
    update image i
    set round = w.round,
        round_started_at = case when w.round = i.round then i.round_started_at else clock_timestamp() end,
        kept_at = w.kept_at, tally = w.tally, left_out = w.left_out, review_state = w.review_state,
        protected = w.protected,
        blocked = w.blocked, shown_reason = w.shown_reason, reviewed = w.reviewed, since = w.since, version = w.version,
        content = w.content, content_changed_at = w.content_changed_at,
        readers_since = coalesce(i.readers_since, clock_timestamp())
    from jsonb_to_recordset($1::jsonb)
         as w (site_id bigint, id bigint, round int, kept_at timestamptz, tally jsonb, left_out jsonb,
               review_state text, protected boolean, blocked boolean, shown_reason text, reviewed boolean, since timestamptz, version int,
               content int, content_changed_at timestamptz)
    where i.site_id = w.site_id and i.id = w.id`,
};

export interface SavedImage {
  readonly site_id: string;
  readonly id: string;
  readonly round: number;
  readonly kept_at: Date | null;
  readonly tally: Tally;
  readonly left_out: LeftOut;
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

/** For images of which only the votes changed, counted or not. */
export const saveTallies = (
  tx: Tx,
  images: readonly {
    readonly siteId: string;
    readonly imageId: string;
    readonly tally: Tally;
    /** Null: as it was. */
    readonly leftOut: LeftOut | null;
  }[],
): void =>
  tx.send(tallies, [
    images.map(({ siteId }) => siteId),
    images.map(({ imageId }) => imageId),
    images.map(({ tally }) => JSON.stringify(tally)),
    // `unnest` fills a shorter list with nulls.
    images.every(({ leftOut }) => leftOut === null)
      ? []
      : images.map(({ leftOut }) => (leftOut === null ? null : JSON.stringify(leftOut))),
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
