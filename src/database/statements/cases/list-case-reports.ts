import type { PastVerdict } from '../../../core/vote-facts.js';
import type { Tx } from '../../tx.js';
import { muteStands } from '../readers/mute-readers.js';

/** The person and the round of the last report of the page before. The hash never leaves unsealed. */
export interface ReportPlace {
  readonly firstAt: string;
  readonly reporter: string;
  readonly round: number;
}

export interface CaseReportRow {
  /** Hexadecimal, for the cursor only. */
  readonly reporter: string;
  readonly firstAt: string;
  readonly reader: number;
  readonly round: number;
  readonly kind: 'device' | 'account' | 'named';
  readonly reasons: readonly string[];
  readonly leftOut: string | null;
  readonly withdrawn: boolean;
  /** Nobody knows any more who that was, nor what they wrote. */
  readonly forgotten: boolean;
  readonly at: Date;
  /** Times as the database writes them in JSON. */
  readonly notes: readonly {
    readonly reason: string;
    readonly comment: string | null;
    readonly pageUrl: string | null;
    readonly pageTitle: string | null;
    readonly claimedUrl: string | null;
    readonly at: string;
  }[];
  /** What decisions said of this reader's votes, here and elsewhere. */
  readonly verdicts: readonly PastVerdict[];
  readonly muted: boolean;
  /** Whether the site's rule weighs votes. */
  readonly weighed: boolean;
  /** When it was read. */
  readonly now: Date;
}

const statement = {
  name: 'list-case-reports',
  // Places in time need all votes of the case; their notes, and what is known of their readers, are read for the page only.
  text: `
    with person as (
      select v.*, min(v.at) over (partition by v.reporter) as first_at
      from vote v
      where v.site_id = $1 and v.image_id = $2 and v.round between $3 and $4
    ),
    numbered as (
      select p.*, dense_rank() over (order by p.first_at, p.reporter) as reader
      from person p
    ),
    page as materialized (
      select *
      from numbered
      where $5::timestamptz is null or (first_at, reporter, round) > ($5, decode($6, 'hex'), $7::int)
      order by first_at, reporter, round
      limit $8
    )
    select encode(p.reporter, 'hex') as reporter, p.first_at::text as "firstAt", p.reader::int, p.round,
           p.reporter_kind as kind, p.reasons, p.left_out as "leftOut", p.withdrawn_at is not null as withdrawn,
           p.forgotten_at is not null as forgotten, p.at,
           coalesce((select jsonb_agg(jsonb_build_object(
                              'reason', n.reason, 'comment', n.comment, 'pageUrl', n.page_url,
                              'pageTitle', n.page_title, 'claimedUrl', n.claimed_url, 'at', n.at)
                            order by n.at, n.digest)
                     from report_note n
                     where n.site_id = p.site_id and n.image_id = p.image_id and n.round = p.round
                       and n.reporter = p.reporter), '[]') as notes,
           coalesce((select jsonb_agg(jsonb_build_object('decision', r.decision_id::text, 'valid', r.valid,
                                                         'at', floor(extract(epoch from r.at) * 1000)))
                     from reporter_verdict r
                     where r.site_id = p.site_id and r.reporter = h.person), '[]') as verdicts,
           exists (select from muted_reporter m
                   where m.site_id = p.site_id and m.reporter in (p.reporter, h.person)
                     and ${muteStands('m')}) as muted,
           (select t.rule -> 'weights' = 'true' from site s
            join threshold_rule t on t.site_id = s.id and t.version = s.rule_version
            where s.id = p.site_id) as weighed,
           clock_timestamp() as now
    from page p
    left join device_account l on l.site_id = p.site_id and l.device = p.reporter
    cross join lateral (select coalesce(p.linked_to, l.account, p.reporter) as person) h
    order by p.first_at, p.reporter, p.round`,
};

/** A page of the votes of a case's rounds, by the time of each person's first. */
export const listCaseReports = (
  db: Pick<Tx, 'query'>,
  of: {
    readonly siteId: string;
    readonly imageId: string;
    readonly round: number;
    readonly lastRound: number;
  },
  after: ReportPlace | null,
  limit: number,
): Promise<CaseReportRow[]> =>
  db.query(statement, [
    of.siteId,
    of.imageId,
    of.round,
    of.lastRound,
    after?.firstAt ?? null,
    after?.reporter ?? null,
    after?.round ?? null,
    limit,
  ]);
