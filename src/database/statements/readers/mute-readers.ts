import type { Tx } from '../../tx.js';

/** A mute holds until somebody lifts it, or until its time by the database's clock. */
export const muteStands = (mute: string): string =>
  `(${mute}.until is null or ${mute}.until > clock_timestamp())`;

const findVoter = {
  name: 'find-voter-to-mute',
  // Whose the vote is by now: its account's, where a device's became that; or the account's whose device voted alone.
  text: `
    select coalesce(v.linked_to, l.account, v.reporter) as reporter
    from vote v
    left join device_account l on l.site_id = v.site_id and l.device = v.reporter
    where v.site_id = $1 and v.image_id = $2 and v.round between $3 and $4 and v.reporter = $5
      and v.forgotten_at is null
    order by v.round desc
    limit 1`,
};

const insert = {
  name: 'insert-mute',
  // One that is over gives way, and is a new one: its id may still be in somebody's list.
  text: `
    insert into muted_reporter (site_id, reporter, cause, staff_id, case_id, note, until)
    values ($1, $2, 'staff', $3, $4, $5, clock_timestamp() + $6::int * interval '1 day')
    on conflict (site_id, reporter) do update
    set id = default, cause = excluded.cause, staff_id = excluded.staff_id, decision_id = null,
        case_id = excluded.case_id, note = excluded.note, at = clock_timestamp(), until = excluded.until
    where not ${muteStands('muted_reporter')}
    returning until`,
};

const lift = {
  name: 'lift-mute',
  text: `
    with gone as (
      delete from muted_reporter m
      where m.site_id = $1 and m.id = $2 and ${muteStands('m')}
      returning m.site_id, m.case_id)
    select g.case_id as "caseId", c.image_id as "imageId"
    from gone g
    left join moderation_case c on c.id = g.case_id and c.site_id = g.site_id`,
};

/** The person behind a vote on an image, in the rounds of a case; undefined where there is no such vote. */
export async function findVoterToMute(
  tx: Tx,
  of: {
    readonly siteId: string;
    readonly imageId: string;
    readonly round: number;
    readonly lastRound: number;
  },
  reporter: Buffer,
): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ reporter: Buffer }>(findVoter, [
    of.siteId,
    of.imageId,
    of.round,
    of.lastRound,
    reporter,
  ]);
  return row?.reporter;
}

export interface NewMute {
  readonly siteId: string;
  readonly reporter: Buffer;
  readonly staffId: string;
  readonly caseId: string;
  readonly note: string | null;
  /** Null: until somebody lifts it. */
  readonly days: number | null;
}

/** Mutes a person by hand; returns until when, or undefined where they are muted already. */
export async function insertMute(tx: Tx, mute: NewMute): Promise<{ until: Date | null } | undefined> {
  const { siteId, reporter, staffId, caseId, note, days } = mute;
  const [row] = await tx.query<{ until: Date | null }>(insert, [
    siteId,
    reporter,
    staffId,
    caseId,
    note,
    days,
  ]);
  return row;
}

/** Lifts a mute; returns the case in which it was made, or undefined where none of this number stands. */
export async function liftMute(
  tx: Tx,
  siteId: string,
  id: string,
): Promise<{ caseId: string | null; imageId: string | null } | undefined> {
  const [row] = await tx.query<{ caseId: string | null; imageId: string | null }>(lift, [siteId, id]);
  return row;
}
