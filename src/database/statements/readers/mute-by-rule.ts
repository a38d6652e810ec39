import type { Tx } from '../../tx.js';
import { muteStands } from './mute-readers.js';
import { siteLock } from '../sites/site-lock.js';

/**
 * Are the last verdicts on a person, as many as `needed` says, all that they were wrong? By the primary key, backwards.
 *
 * @param last SQL of a decision: of the verdicts until then; by default of all
 */
const isRun = (person: string, needed: string, last: string | null = null): string => `(
        select count(*) = ${needed} and not bool_or(x.valid)
        from (select v.valid from reporter_verdict v
              where v.site_id = ${person}.site_id and v.reporter = ${person}.reporter${
                last === null
                  ? ''
                  : `
                and v.decision_id <= ${last}`
              }
              order by v.decision_id desc
              limit ${needed}) x)`;

// One transaction at a time per site says of reports that they were right or wrong, or takes that back, where the rule mutes for
// it. After the images and their cases; a decision's number is drawn within it.
const lock = siteLock('lock-verdicts', 'verdicts');

const mute = {
  name: 'mute-by-rule',
  // Of each the last of the decisions that dismissed them. Who is muted already stays so, as they are.
  text: `
    with dismissed as (
      select distinct on (d.site_id, r.reporter) d.site_id, r.reporter, d.decision_id, d.case_id, d.needed, d.days
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[])
           as d (site_id, decision_id, case_id, needed, days)
      join reporter_verdict r on r.site_id = d.site_id and r.decision_id = d.decision_id and not r.valid
      order by d.site_id, r.reporter, d.decision_id desc)
    insert into muted_reporter (site_id, reporter, cause, decision_id, case_id, at, until)
    select d.site_id, d.reporter, 'rule', d.decision_id, d.case_id, t.at, t.at + d.days * interval '1 day'
    from dismissed d
    cross join lateral (select coalesce($6::timestamptz, clock_timestamp()) as at) t
    where ${isRun('d', 'd.needed')}
    order by d.site_id, d.reporter
    on conflict (site_id, reporter) do update
    set id = default, cause = excluded.cause, staff_id = null, decision_id = excluded.decision_id,
        case_id = excluded.case_id, note = null, at = excluded.at, until = excluded.until
    where not ${muteStands('muted_reporter')}
    returning decision_id as "decisionId", until`,
};

const lift = {
  name: 'lift-mutes-of-decision',
  // The run may be the one that muted them, or there by now: what came later takes neither away.
  text: `
    delete from muted_reporter m
    where m.site_id = $1 and m.cause = 'rule'
      and (m.decision_id = $2 or (m.decision_id > $2 and m.reporter = any ($3::bytea[])))
      and ($4::int is null
           or not (${isRun('m', '$4::int')} or ${isRun('m', '$4::int', 'm.decision_id')}))`,
};

/** A decision that dismissed reports on a site whose rule mutes for that. */
export interface DismissingDecision {
  readonly siteId: string;
  readonly decisionId: string;
  readonly caseId: string | null;
  /** So many dismissals in a row. */
  readonly dismissed: number;
  readonly days: number;
}

/** Serializes all whose verdicts could mute somebody of these sites, or lift a mute, until the transaction ends. */
export const lockVerdicts = (tx: Tx, siteIds: readonly string[]): Promise<unknown[]> =>
  tx.query(lock, [siteIds]);

/**
 * Mutes whom these decisions dismissed, where that made a run; returns one row for each. After the verdicts are noted.
 * @param at null: now
 */
export const muteByRule = (
  tx: Tx,
  decisions: readonly DismissingDecision[],
  at: Date | null,
): Promise<{ decisionId: string; until: Date }[]> =>
  tx.query(mute, [
    decisions.map(({ siteId }) => siteId),
    decisions.map(({ decisionId }) => decisionId),
    decisions.map(({ caseId }) => caseId),
    decisions.map(({ dismissed }) => dismissed),
    decisions.map(({ days }) => days),
    at,
  ]);

/**
 * Lifts the mutes that stand on this decision, which is undone, or that followed it, unless the run that the rule asks for is
 * there without it; returns how many. After its verdicts are taken back.
 *
 * @param dismissed of whom it had said that they were wrong
 * @param needed so many dismissals in a row; null: the rule mutes nobody any more
 */
export const liftMutesOfDecision = (
  tx: Tx,
  siteId: string,
  decisionId: string,
  dismissed: readonly Buffer[],
  needed: number | null,
): Promise<number> => tx.count(lift, [siteId, decisionId, dismissed, needed]);
