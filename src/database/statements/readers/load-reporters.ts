import type { Tx } from '../../tx.js';
import { muteStands } from './mute-readers.js';

/** Exported for the proof of its plan. */
export const loadReportersStatement = {
  name: 'load-reporters',
  // Which rule is in force is read here, too, so that this goes out with what locks the images and not after their rules
  // are known; a rule without budgets counts nothing. A device that is somebody's counts as that account. Votes that were
  // withdrawn keep what they took. What another system recorded before the window took nothing: it opens no case that
  // anybody would decide. A case that was closed in an earlier round decides nothing of this one. What is said of kinds is
  // what vote_reporter asks of who uses it. Nothing is said of those who are new and free, which are nearly all.
  // `offset 0`: or each is asked once to say it and once more to leave it away, and an account whether it is somebody's
  // device (3 of 15 us of Postgres for each).
  text: `
    with budget as materialized (
      select s.id as site_id, (r.rule -> 'reporterBudget' ->> 'device')::int as device,
             (r.rule -> 'reporterBudget' ->> 'account')::int as account
      from unnest($4::bigint[]) as o (site_id)
      join site s on s.id = o.site_id
      join threshold_rule r on r.site_id = s.id and r.version = s.rule_version
    )
    select w.n::int as n, p.person, m.muted, u.used
    from unnest($1::bigint[], $2::bytea[], $3::text[]) with ordinality as w (site_id, reporter, kind, n)
    join budget b on b.site_id = w.site_id
    left join lateral (
      select a.account from device_account a
      where w.kind <> 'account' and a.site_id = w.site_id and a.device = w.reporter
      offset 0
    ) l on true
    cross join lateral (
      select coalesce(l.account, w.reporter) as person,
             case when w.kind = 'beside' then null
                  when w.kind = 'account' or l.account is not null then b.account
                  else b.device end as budget
    ) p
    cross join lateral (
      select exists (select from muted_reporter x
                     where x.site_id = w.site_id and x.reporter in (w.reporter, p.person)
                       and ${muteStands('x')}) as muted
      offset 0
    ) m
    cross join lateral (
      select case when p.budget is null then 0
                  else (select count(*)
                        from (select from vote v
                              join image i on i.site_id = v.site_id and i.id = v.image_id and i.round = v.round
                              where v.reporter = p.person and v.reporter_kind in ('device', 'account', 'named')
                                and v.site_id = w.site_id and v.left_out is null and v.archived is null
                                and i.merged_into is null
                                and (i.review_state in ('open', 'escalated')
                                     or not exists (select from moderation_case d
                                                    where d.site_id = i.site_id and d.image_id = i.id
                                                      and d.round = i.round and d.status = 'closed')
                                        and not exists (select from block b
                                                        where b.site_id = i.site_id and b.image_id = i.id
                                                          and b.source = 'moderator'))
                              limit p.budget) c)
             end::int as used
      offset 0
    ) u
    where m.muted or u.used > 0`,
};

/** Whoever reports: a device for itself, an account, or a device beside the account that reports with it. */
export interface AskedReporter {
  readonly siteId: string;
  readonly reporter: Buffer;
  readonly kind: 'device' | 'account' | 'beside';
}

export interface ReporterRow {
  /** The reporter's place in what was asked, from 1. */
  readonly n: number;
  /** Whoever reports, or the account whose device that is. */
  readonly person: Buffer;
  readonly muted: boolean;
  /** Votes of theirs that count on images that nobody has decided yet, as many as may at most. */
  readonly used: number;
}

/** What is known of reporters that bears on whether their next vote counts; of whom nothing is, there is no row. */
export const loadReporters = (tx: Tx, reporters: readonly AskedReporter[]): Promise<ReporterRow[]> =>
  tx.query(loadReportersStatement, [
    reporters.map(({ siteId }) => siteId),
    reporters.map(({ reporter }) => reporter),
    reporters.map(({ kind }) => kind),
    [...new Set(reporters.map(({ siteId }) => siteId))],
  ]);
