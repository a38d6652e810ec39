import type { Tx } from '../../tx.js';
import type { DeviceAccount } from './link-devices.js';
import { muteStands } from './mute-readers.js';

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
  // Where both are muted, the longer mute holds. Whose the device was until now stays muted, and whose it becomes is so, too,
  // by a mute of their own: or one more account would be the way out.
  text: `
    with gone as (
      delete from muted_reporter m using ${links}
      where m.site_id = l.site_id and m.reporter = l.device
      returning m.*, l.account),
    copied as (
      select m.*, l.account
      from unnest($1::bigint[], $3::bytea[], $4::bytea[]) as l (site_id, account, former)
      join muted_reporter m on m.site_id = l.site_id and m.reporter = l.former
      where ${muteStands('m')}),
    news as (
      select site_id, account, id, cause, staff_id, decision_id, case_id, note, at, until from gone
      union all
      select site_id, account, nextval(pg_get_serial_sequence('muted_reporter', 'id')),
             cause, staff_id, decision_id, case_id, note, at, until from copied)
    insert into muted_reporter (site_id, reporter, id, cause, staff_id, decision_id, case_id, note, at, until)
           overriding system value
    select distinct on (site_id, account)
           site_id, account, id, cause, staff_id, decision_id, case_id, note, at, until
    from news
    order by site_id, account, until desc nulls first
    on conflict (site_id, reporter) do update
    set cause = excluded.cause, staff_id = excluded.staff_id, decision_id = excluded.decision_id,
        case_id = excluded.case_id, note = excluded.note, at = excluded.at, until = excluded.until
    where muted_reporter.until < coalesce(excluded.until, 'infinity')`,
};

/** A device that becomes an account's. */
export interface NewDeviceAccount extends DeviceAccount {
  /** Whose it was until now; null: nobody's. */
  readonly former: Buffer | null;
}

/** What is known of these devices, what decisions said of their reports and whether they are muted, is their accounts' now. */
export function moveRecords(tx: Tx, of: readonly NewDeviceAccount[]): void {
  const values = [
    of.map(({ siteId }) => siteId),
    of.map(({ device }) => device),
    of.map(({ account }) => account),
  ];
  for (const statement of [lockDecisions, moveVerdicts]) tx.send(statement, values);
  tx.send(moveMutes, [...values, of.map(({ former }) => former)]);
}
