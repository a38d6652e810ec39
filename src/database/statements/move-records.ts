import type { Tx } from '../tx.js';
import type { DeviceAccount } from './link-devices.js';

const links = `unnest($1::bigint[], $2::bytea[], $3::bytea[]) as l (site_id, device, account)`;

const lockDecisions = {
  name: 'lock-judging-decisions',
  // Whoever undoes one of these takes back what it said, under whichever hash it finds it: not while that changes.
  text: `
    select
    from ${links}
    join reporter_verdict r on r.site_id = l.site_id and r.reporter = l.device
    join decision d on d.site_id = r.site_id and d.id = r.decision_id
    order by d.id
    for share of d`,
};

const moveVerdicts = {
  name: 'move-verdicts',
  // One verdict per person and decision, where that judged both.
  text: `
    with gone as (
      delete from reporter_verdict r using ${links}
      where r.site_id = l.site_id and r.reporter = l.device
      returning r.site_id, l.account, r.decision_id, r.valid, r.at)
    insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
    select site_id, account, decision_id, valid, at
    from gone
    order by site_id, account, decision_id
    on conflict do nothing`,
};

const moveMutes = {
  name: 'move-mutes',
  // Where both are muted, the longer mute holds.
  text: `
    with gone as (
      delete from muted_reporter m using ${links}
      where m.site_id = l.site_id and m.reporter = l.device
      returning m.*, l.account)
    insert into muted_reporter (site_id, reporter, id, cause, staff_id, decision_id, case_id, note, at, until)
           overriding system value
    select distinct on (site_id, account)
           site_id, account, id, cause, staff_id, decision_id, case_id, note, at, until
    from gone
    order by site_id, account, until desc nulls first
    on conflict (site_id, reporter) do update
    set cause = excluded.cause, staff_id = excluded.staff_id, decision_id = excluded.decision_id,
        case_id = excluded.case_id, note = excluded.note, at = excluded.at, until = excluded.until
    where muted_reporter.until < coalesce(excluded.until, 'infinity')`,
};

/** What is known of these devices, what decisions said of their reports and whether they are muted, is their accounts' now. */
export function moveRecords(tx: Tx, of: readonly DeviceAccount[]): void {
  const values = [
    of.map(({ siteId }) => siteId),
    of.map(({ device }) => device),
    of.map(({ account }) => account),
  ];
  for (const statement of [lockDecisions, moveVerdicts, moveMutes]) tx.send(statement, values);
}
