import type { CaseState } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';

const insert = {
  name: 'insert-cases',
  text: `
    insert into moderation_case (site_id, id, image_id, round, status, held, severe, flags, priority, opened_at, hold,
                                 overdue_for, lifted_at, waiting_since)
           overriding system value
    select site_id, id, image_id, round, status, held, severe, string_to_array(flags, '+'), priority,
           coalesce($10::timestamptz, clock_timestamp()), hold::jsonb, overdue_for, lifted_at, waiting_since
    from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::text[], $6::boolean[], $7::boolean[],
                $8::text[], $9::int[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[])
         as n (site_id, id, image_id, round, status, held, severe, flags, priority, hold, overdue_for, lifted_at,
               waiting_since)`,
};

const priorities = {
  name: 'save-priorities',
  text: `
    update moderation_case c
    set priority = w.priority
    from unnest($1::bigint[], $2::bigint[], $3::int[]) as w (site_id, id, priority)
    where c.site_id = w.site_id and c.id = w.id`,
};

const update = {
  name: 'update-cases',
  // A new version means that somebody decided: the lease ends with it.
  text: `
    update moderation_case c
    set status = w.status, outcome = w.outcome, held = w.held, hold = w.hold, severe = w.severe, priority = w.priority,
        waiting_since = w.waiting_since, overdue_for = w.overdue_for, lifted_at = w.lifted_at,
        flags = array(select jsonb_array_elements_text(w.flags)),
        closed_at = case when w.status <> 'closed' then null else coalesce(c.closed_at, clock_timestamp()) end,
        lease_holder     = case when w.version = c.version then c.lease_holder end,
        lease_token      = case when w.version = c.version then c.lease_token end,
        lease_expires_at = case when w.version = c.version then c.lease_expires_at end,
        version = w.version
    from jsonb_to_recordset($1::jsonb)
         as w (site_id bigint, id bigint, status text, outcome text, held boolean, hold jsonb, severe boolean, priority int,
               waiting_since timestamptz, flags jsonb, version int, overdue_for timestamptz, lifted_at timestamptz)
    where c.site_id = w.site_id and c.id = w.id`,
};

export interface ImageCase {
  readonly siteId: string;
  readonly imageId: string;
  readonly moderationCase: CaseState;
}

/** None where all are null, as nearly always: only a case that comes from another image has such times. */
const timesOf = (cases: readonly ImageCase[]): (Date | null)[][] =>
  (['overdueFor', 'liftedAt'] as const).map((name) => {
    const times = cases.map(({ moderationCase }) => timeOf(moderationCase[name]));
    return times.every((time) => time === null) ? [] : times;
  });

const timeOf = (milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(milliseconds);

/** Stores cases that were just opened, under the ids that were drawn for them. */
export const insertCases = (tx: Tx, cases: readonly ImageCase[], at: Date | null): void =>
  tx.send(insert, [
    cases.map(({ siteId }) => siteId),
    cases.map(({ moderationCase }) => moderationCase.id),
    cases.map(({ imageId }) => imageId),
    cases.map(({ moderationCase }) => moderationCase.round),
    cases.map(({ moderationCase }) => moderationCase.status),
    cases.map(({ moderationCase }) => moderationCase.held),
    cases.map(({ moderationCase }) => moderationCase.severe),
    cases.map(({ moderationCase }) => moderationCase.flags.join('+')),
    cases.map(({ moderationCase }) => moderationCase.priority),
    at,
    cases.map(({ moderationCase: { hold } }) => (hold === null ? null : JSON.stringify(hold))),
    ...timesOf(cases),
    cases.map(({ moderationCase }) => waitingSince(moderationCase)),
  ]);

/** Null: since it was opened, which is what nearly all do. */
const waitingSince = (moderationCase: CaseState): Date | null =>
  moderationCase.waitingSince === moderationCase.openedAt ? null : new Date(moderationCase.waitingSince);

/** For cases of which only the place in the queue changed. */
export const savePriorities = (tx: Tx, cases: readonly ImageCase[]): void =>
  tx.send(priorities, [
    cases.map(({ siteId }) => siteId),
    cases.map(({ moderationCase }) => moderationCase.id),
    cases.map(({ moderationCase }) => moderationCase.priority),
  ]);

export const updateCases = (tx: Tx, cases: readonly ImageCase[]): void =>
  tx.send(update, [
    JSON.stringify(
      cases.map(({ siteId, moderationCase }) => ({
        site_id: siteId,
        id: moderationCase.id,
        status: moderationCase.status,
        outcome: moderationCase.outcome,
        held: moderationCase.held,
        hold: moderationCase.hold,
        severe: moderationCase.severe,
        priority: moderationCase.priority,
        waiting_since: waitingSince(moderationCase),
        flags: moderationCase.flags,
        version: moderationCase.version,
        overdue_for: timeOf(moderationCase.overdueFor),
        lifted_at: timeOf(moderationCase.liftedAt),
      })),
    ),
  ]);
