import type { CaseFlag, CaseHold, CaseOutcome, CaseStatus } from '../../../core/image-state.js';
import type { Reason } from '../../../core/reasons.js';
import { listedImageColumns, type ListedImageRow } from '../images/image-row.js';

/** A case with all that a list shows of it. Tallies by exact set of reasons, as in core/tally. */
export interface ReviewedCaseRow {
  readonly siteId: string;
  readonly siteSlug: string;
  /** What the site's policies are named after. */
  readonly siteReasons: readonly Reason[];
  readonly id: string;
  readonly imageId: string;
  readonly round: number;
  /** The last round whose votes belong to the case: a keep that was undone leaves its case in the next round. */
  readonly lastRound: number;
  readonly status: CaseStatus;
  readonly held: boolean;
  readonly hold: CaseHold | null;
  readonly severe: boolean;
  readonly flags: readonly CaseFlag[];
  readonly priority: number;
  readonly version: number;
  readonly outcome: CaseOutcome | null;
  readonly openedAt: Date;
  /** With all its digits, for a cursor. */
  readonly openedAtText: string;
  readonly closedAt: Date | null;
  /** The database's clock; of a closed case, when it was closed. */
  readonly asOf: Date;
  /** Since when reports come that it is about: its own, and those of a case whose work it goes on with. */
  readonly reportedSince: Date;
  /** As its site last said; `at` as JSON has it. */
  readonly views: { readonly perHour: number; readonly at: string } | null;
  /** Null unless it still runs, by the database's clock. */
  readonly lease: { readonly holderId: string; readonly email: string; readonly expiresAt: string } | null;
  readonly tally: Readonly<Record<string, number>>;
  readonly notCounted: number;
  readonly image: ListedImageRow;
}

/**
 * Cases with all that is shown of them.
 *
 * What counts in the round that is being counted, and what is left out, is kept on the image; that of other rounds is
 * counted from their votes, and only then: the lateral query does nothing for a case whose round goes on.
 *
 * @param page a query of (site_id, id, n): which cases, and in which order
 */
export const reviewedCases = (page: string): string => `
    with page as materialized (${page})
    select c.site_id as "siteId", s.slug as "siteSlug", s.reasons as "siteReasons", c.id, c.image_id as "imageId", c.round,
           r.last_round as "lastRound", c.status, c.held, c.hold, c.severe, c.flags, c.priority, c.version, c.outcome,
           c.opened_at as "openedAt", c.opened_at::text as "openedAtText", c.closed_at as "closedAt",
           coalesce(c.closed_at, clock_timestamp()) as "asOf", least(c.opened_at, c.waiting_since) as "reportedSince",
           case when e.image_id is not null then jsonb_build_object('perHour', e.per_hour, 'at', e.at) end as views,
           case when h.id is not null
                then jsonb_build_object('holderId', h.id::text, 'email', h.email, 'expiresAt', c.lease_expires_at)
           end as lease,
           case when r.counting then i.tally else t.tally end as tally,
           case when r.counting
                then (select coalesce(sum(l.votes::int), 0)::int from jsonb_each_text(i.left_out) as l (cause, votes))
                else t.not_counted end as "notCounted",
           ${listedImageColumns} as image
    from page p
    join moderation_case c on c.site_id = p.site_id and c.id = p.id
    join image i on i.site_id = c.site_id and i.id = c.image_id
    join site s on s.id = c.site_id
    left join image_views e on e.site_id = c.site_id and e.image_id = c.image_id
    left join staff h on h.id = c.lease_holder and c.lease_expires_at > clock_timestamp()
    cross join lateral (
      select c.status <> 'closed' and c.round = i.round as counting,
             case when c.status <> 'closed' then i.round
                  else greatest(c.round, (select max(d.round) from decision d
                                          where d.site_id = c.site_id and d.image_id = c.image_id
                                            and d.case_id = c.id))
             end as last_round
    ) r
    cross join lateral (
      select coalesce(jsonb_object_agg(v.reasons, v.voters) filter (where v.reasons is not null), '{}') as tally,
             coalesce(sum(v.not_counted), 0)::int as not_counted
      from (
        select w.reasons, count(*) filter (where w.counted) as voters, count(*) filter (where not w.counted) as not_counted
        from (
          select string_agg(distinct reason, '+') as reasons, bool_or(x.left_out is null) as counted
          from vote x
          cross join unnest(x.reasons) as reason
          where not r.counting
            and x.site_id = c.site_id and x.image_id = c.image_id and x.round between c.round and r.last_round
            and x.withdrawn_at is null
          group by x.reporter
        ) w
        group by w.reasons
      ) v
    ) t
    order by p.n`;
