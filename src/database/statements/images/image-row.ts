import type { ReviewState } from '../../../core/image-state.js';
import type { Policy } from '../../../core/reasons.js';
import { snapshotColumn, type SnapshotRow } from '../content/snapshot-column.js';

/** What lists show of an image. `since` as the database writes it in JSON. */
export interface ListedImageRow {
  readonly siteId: string;
  readonly siteSlug: string;
  readonly id: string;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly url: string | null;
  readonly blocked: boolean;
  readonly reason: Policy | null;
  readonly since: string | null;
  readonly reviewed: boolean;
  readonly version: number;
  readonly protected: boolean;
  readonly reviewState: ReviewState;
  readonly round: number;
  readonly content: number | null;
  readonly mergedInto: string | null;
  readonly snapshot: SnapshotRow;
}

/** A ListedImageRow as one JSON value; for a query that calls the tables `i` and `s`. */
export const listedImageColumns = `jsonb_build_object(
             'siteId', i.site_id::text, 'siteSlug', s.slug, 'id', i.id::text, 'keyKind', i.key_kind, 'key', i.key,
             'url', i.url, 'blocked', i.blocked, 'reason', i.shown_reason, 'since', i.since, 'reviewed', i.reviewed,
             'version', i.version, 'protected', i.protected, 'reviewState', i.review_state, 'round', i.round,
             'content', i.content, 'mergedInto', i.merged_into::text, 'snapshot', ${snapshotColumn('i')})`;
