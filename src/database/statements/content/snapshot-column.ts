import { sealedBytes, severeImage } from './sealed-content.js';

/** What lists show of an image's copy. */
export interface SnapshotRow {
  /** Hexadecimal, of the bytes that it is of; null: there is no copy. */
  readonly sha256: string | null;
  /** Of the original, upright, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** As the database writes it in JSON. */
  readonly takenAt: string | null;
  /** By hand, for good. */
  readonly deleted: boolean;
  readonly sealed: boolean;
  /** Did anybody look at what the image stands for now? Else its site told of it, or nobody did. */
  readonly looked: boolean;
  /** Why the last look at one of its addresses gave nothing. */
  readonly problem: string | null;
}

/**
 * A SnapshotRow as one JSON value, in the query that lists the images, so that a list costs one query: the copy of what
 * the image called `image` stands for now.
 */
export const snapshotColumn = (image: string): string => `(
             select jsonb_build_object(
                      'sha256', encode(n.sha256, 'hex'), 'width', n.width, 'height', n.height, 'takenAt', n.stored_at,
                      'deleted', n.deleted_at is not null,
                      'sealed', ${severeImage(image)}
                                or n.sha256 is not null and ${sealedBytes('n.site_id', 'n.sha256')},
                      'looked', n.bytes is not null,
                      'problem', (select w.problem
                                  from (select ${image}.key_hash as hash
                                        union all
                                        select a.hash from address a
                                        where a.site_id = ${image}.site_id and a.image_id = ${image}.id) k
                                  join watched_address w on w.hash = k.hash
                                  where w.problem is not null
                                  limit 1))
             from (select 1) as always
             left join lateral (
               select cb.site_id, f.sha256, cb.width, cb.height, cb.bytes, f.stored_at, f.deleted_at
               from content_bytes cb
               left join snapshot f on f.site_id = cb.site_id and f.sha256 = cb.sha256
               where cb.site_id = ${image}.site_id and cb.image_id = ${image}.id and cb.version = ${image}.content
               order by f.sha256 is null, f.deleted_at is not null, f.stored_at, cb.bytes is null
               limit 1) n on true)`;
