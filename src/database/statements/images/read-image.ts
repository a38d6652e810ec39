import type { CaseOutcome, CaseStatus, Evidence } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';
import type { BoundBy } from './bind-addresses.js';
import { firstReport } from '../votes/first-report.js';
import { listedImageColumns, type ListedImageRow } from './image-row.js';

/** Times as the database writes them in JSON. */
export interface ImageHistoryRow {
  readonly blocks: readonly {
    readonly source: 'publisher' | 'moderator' | 'threshold' | 'match';
    readonly ref: string;
    readonly reason: string;
    readonly note: string | null;
    readonly since: string;
    readonly ruleVersion: number | null;
    readonly evidence: Evidence | null;
    readonly firstReportAt: string | null;
  }[];
  /** Votes that stand, by round, exact set of reasons, and whether they are counted. */
  readonly votes: readonly {
    readonly round: number;
    readonly reasons: string;
    readonly counted: boolean;
    readonly votes: number;
  }[];
  readonly addresses: readonly {
    readonly url: string;
    readonly boundBy: BoundBy;
    readonly boundAt: string;
  }[];
  readonly contents: readonly {
    readonly version: number;
    readonly announced: boolean;
    readonly verdict: 'block' | 'keep' | null;
    readonly beganAt: string;
    readonly leftAt: string | null;
    readonly encodings: readonly {
      /** In hexadecimal. */
      readonly sha256: string;
      readonly width: number | null;
      readonly height: number | null;
      readonly bytes: number | null;
      readonly format: string | null;
      readonly firstSeenAt: string;
    }[];
  }[];
  readonly cases: readonly {
    readonly id: string;
    readonly status: CaseStatus;
    readonly outcome: CaseOutcome | null;
    readonly round: number;
    readonly openedAt: string;
    readonly closedAt: string | null;
  }[];
  /** How many images follow this one's block. */
  readonly followers: number;
}

const one = {
  name: 'read-image',
  // Ids are unique over all sites, but the primary key leads with the site.
  text: `
    select ${listedImageColumns} as image
    from unnest(coalesce($1::bigint[], array(select id from site))) as w (site_id)
    join image i on i.site_id = w.site_id and i.id = $2
    join site s on s.id = i.site_id`,
};

const history = {
  name: 'read-image-history',
  text: `
    select coalesce((select jsonb_agg(jsonb_build_object(
                              'source', b.source, 'ref', b.ref, 'reason', b.reason, 'note', b.note, 'since', b.since,
                              'ruleVersion', b.rule_version, 'evidence', b.evidence,
                              'firstReportAt', case when b.source = 'threshold' then
                              ${firstReport('= b.ref::int', { at: 'b.since', rule: 'b.rule_version' })} end) order by b.since)
                     from block b
                     where b.site_id = $1 and b.image_id = $2), '[]') as blocks,
           coalesce((select jsonb_agg(jsonb_build_object(
                              'round', v.round, 'reasons', v.reasons, 'counted', v.counted, 'votes', v.votes))
                     from (select x.round, array_to_string(x.reasons, '+') as reasons, x.left_out is null as counted,
                                  count(*) as votes
                           from vote x
                           where x.site_id = $1 and x.image_id = $2 and x.withdrawn_at is null
                           group by 1, 2, 3) v), '[]') as votes,
           coalesce((select jsonb_agg(jsonb_build_object('url', a.url, 'boundBy', a.bound_by, 'boundAt', a.bound_at) order by a.url)
                     from address a
                     where a.site_id = $1 and a.image_id = $2), '[]') as addresses,
           coalesce((select jsonb_agg(jsonb_build_object(
                              'version', v.version, 'announced', v.announced, 'verdict', v.verdict,
                              'beganAt', v.began_at, 'leftAt', v.left_at,
                              'encodings', coalesce((
                                select jsonb_agg(jsonb_build_object(
                                         'sha256', encode(b.sha256, 'hex'), 'width', b.width, 'height', b.height,
                                         'bytes', b.bytes, 'format', b.format, 'firstSeenAt', b.first_seen_at)
                                       order by b.first_seen_at, b.sha256)
                                from content_bytes b
                                where b.site_id = $1 and b.image_id = $2 and b.version = v.version), '[]'))
                              order by v.version)
                     from content_version v
                     where v.site_id = $1 and v.image_id = $2), '[]') as contents,
           coalesce((select jsonb_agg(jsonb_build_object(
                              'id', c.id::text, 'status', c.status, 'outcome', c.outcome, 'round', c.round,
                              'openedAt', c.opened_at, 'closedAt', c.closed_at) order by c.id)
                     from moderation_case c
                     where c.site_id = $1 and c.image_id = $2), '[]') as cases,
           (select count(*)::int
            from block f
            where f.site_id = $1 and f.source = 'match' and f.ref = $2::bigint::text) as followers`,
};

/** An image of one of these sites (null: of any) by its id. */
export async function readImage(
  db: Pick<Tx, 'query'>,
  siteIds: readonly string[] | null,
  imageId: string,
): Promise<ListedImageRow | undefined> {
  const [row] = await db.query<{ image: ListedImageRow }>(one, [siteIds, imageId]);
  return row?.image;
}

/** Blocks, votes, addresses and cases of an image. */
export async function readImageHistory(
  db: Pick<Tx, 'query'>,
  image: { readonly siteId: string; readonly id: string },
): Promise<ImageHistoryRow> {
  const [row] = await db.query<ImageHistoryRow>(history, [image.siteId, image.id]);
  return row ?? { blocks: [], votes: [], addresses: [], contents: [], cases: [], followers: 0 };
}
