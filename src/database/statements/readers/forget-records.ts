import type { Tx } from '../../tx.js';
import type { Part } from '../../until-done.js';

/** How a page begins: behind the last row of the one before, by time, site, hash and number. */
export interface RecordPlace {
  /** As the database writes it, with all its digits. */
  readonly at: string;
  readonly siteId: string;
  readonly hash: Buffer;
  readonly number: string;
}

/** Before all rows. */
export const FIRST_RECORD: RecordPlace = { at: '-infinity', siteId: '0', hash: Buffer.alloc(0), number: '0' };

/** Somebody has a vote of which it is known that it is theirs. By vote_reporter, whose condition is repeated. */
const isKnown = (site: string, reporter: string): string => `
        exists (select from vote v
                where v.reporter = ${reporter} and v.reporter_kind in ('device', 'account', 'named')
                  and v.site_id = ${site} and v.forgotten_at is null)`;

/** The same of one of their devices. */
const isKnownByDevice = (site: string, account: string): string => `
        exists (select from device_account l
                where l.site_id = ${site} and l.account = ${account} and ${isKnown('l.site_id', 'l.device')})`;

/** A decision said something of them since. */
const isJudgedSince = (site: string, reporter: string): string => `
        exists (select from reporter_verdict x
                where x.site_id = ${site} and x.reporter = ${reporter}
                  and x.at >= $1::timestamptz - make_interval(days => $2::int))`;

const CUTOFF = `$1::timestamptz - make_interval(days => $2::int)`;

/** What was locked is read once more, from the page: what others have locked is in use. */
const LAST = `
    select (select count(*)::int from gone) as gone, p.at::text as at, p.site_id as "siteId", p.hash, p.number,
           (select count(*)::int from page) as seen
    from page p
    order by p.at desc, p.site_id desc, p.hash desc, p.number desc
    limit 1`;

/** Exported for the proof of its plan. */
export const forgetVerdictsStatement = {
  name: 'forget-verdicts-unused',
  text: `
    with page as materialized (
      select r.at, r.site_id, r.reporter as hash, r.decision_id as number
      from reporter_verdict r
      where r.at < ${CUTOFF} and (r.at, r.site_id, r.reporter, r.decision_id) > ($3::timestamptz, $4::bigint, $5::bytea, $6::bigint)
      order by r.at, r.site_id, r.reporter, r.decision_id
      limit $7
      for update skip locked
    ),
    gone as (
      delete from reporter_verdict r using page p
      where r.site_id = p.site_id and r.reporter = p.hash and r.decision_id = p.number
        and not ${isJudgedSince('p.site_id', 'p.hash')} and not ${isKnown('p.site_id', 'p.hash')}
        and not ${isKnownByDevice('p.site_id', 'p.hash')}
      returning 1)${LAST}`,
};

/** Exported for the proof of its plan. */
export const forgetLinksStatement = {
  name: 'forget-links-unused',
  // Nor while it leads to what is kept of the account: its device would get out of that.
  text: `
    with page as materialized (
      select l.at, l.site_id, l.device as hash, 0::bigint as number, l.account
      from device_account l
      where l.at < ${CUTOFF} and (l.at, l.site_id, l.device) > ($3::timestamptz, $4::bigint, $5::bytea)
        and $6::bigint is not null
      order by l.at, l.site_id, l.device
      limit $7
      for update skip locked
    ),
    gone as (
      delete from device_account l using page p
      where l.site_id = p.site_id and l.device = p.hash
        and not ${isKnown('p.site_id', 'p.hash')} and not ${isKnown('p.site_id', 'p.account')}
        and not exists (select from reporter_verdict x where x.site_id = p.site_id and x.reporter = p.account)
        and not exists (select from muted_reporter x where x.site_id = p.site_id and x.reporter = p.account)
      returning 1)${LAST}`,
};

const forgetMutes = {
  name: 'forget-mutes-unused',
  // As many as are muted until somebody lifts it: no index.
  text: `
    with unused as materialized (
      select m.site_id, m.reporter
      from muted_reporter m
      where m.until is null and m.at < ${CUTOFF}
        and not ${isJudgedSince('m.site_id', 'm.reporter')} and not ${isKnown('m.site_id', 'm.reporter')}
        and not ${isKnownByDevice('m.site_id', 'm.reporter')}
      limit $3
      for update skip locked
    ),
    gone as (
      delete from muted_reporter m using unused u
      where m.site_id = u.site_id and m.reporter = u.reporter
      returning m.site_id, m.case_id)
    select g.site_id as "siteId", g.case_id as "caseId", c.image_id as "imageId"
    from gone g
    left join moderation_case c on c.id = g.case_id and c.site_id = g.site_id`,
};

interface PageRow extends RecordPlace {
  readonly gone: number;
  readonly seen: number;
}

async function forgetPage(
  tx: Tx,
  statement: typeof forgetVerdictsStatement,
  { now, days, limit }: { readonly now: Date; readonly days: number; readonly limit: number },
  after: RecordPlace,
): Promise<Part<RecordPlace>> {
  const { at, siteId, hash, number } = after;
  const [row] = await tx.query<PageRow>(statement, [now, days, at, siteId, hash, number, limit]);
  if (row === undefined) return { gone: 0, next: null };
  return { gone: row.gone, next: row.seen < limit ? null : row };
}

/** When now is, after how many days, and how many rows at once. */
export interface ForgettingRecords {
  readonly now: Date;
  readonly days: number;
  readonly limit: number;
}

/** Removes what decisions said of whom nothing was said or heard for long: of a page of them. */
export const forgetUnusedVerdicts = (
  tx: Tx,
  asked: ForgettingRecords,
  after: RecordPlace,
): Promise<Part<RecordPlace>> => forgetPage(tx, forgetVerdictsStatement, asked, after);

/** The same of whose devices are: after what is kept of accounts. */
export const forgetUnusedLinks = (
  tx: Tx,
  asked: ForgettingRecords,
  after: RecordPlace,
): Promise<Part<RecordPlace>> => forgetPage(tx, forgetLinksStatement, asked, after);

/** Lifts mutes without an end of readers who did not report for long. Returns in which cases they were made. */
export const forgetUnusedMutes = (
  tx: Tx,
  { now, days, limit }: ForgettingRecords,
): Promise<{ siteId: string; caseId: string | null; imageId: string | null }[]> =>
  tx.query(forgetMutes, [now, days, limit]);
