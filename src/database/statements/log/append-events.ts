import type { Actor } from '../../../core/command.js';
import type { Visibility } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';

/** The log's one writer at a time holds this lock, from here to its commit. */
export const LOG_LOCK = 7_160_501;
/** Those who follow the log listen here. */
export const LOG_CHANNEL = 'vigie_log';

const statement = {
  name: 'append-events',
  // The lock is taken before the first number is drawn, and held for this insert and the commit only: so the order of
  // seq is the order of commit, and a reader of "seq > last" misses nothing. Costs nothing measurable at 8,000
  // reports/s in which every report opened a case. The bell rings only when what is seen changed. All lines of a
  // transaction have the same time, and no other transaction's lines about the same image have it (read-stats.ts).
  text: `
    with door as materialized (
      select pg_advisory_xact_lock(${LOG_LOCK}), case when $12 then pg_notify('${LOG_CHANNEL}', '') end,
             coalesce($11::timestamptz, clock_timestamp()) as at
    )
    insert into event (site_id, image_id, case_id, decision_id, type, actor_kind, actor_id, rule_version, data,
                       visibility, at)
    select e.site_id, e.image_id, e.case_id, e.decision_id, e.type, e.actor_kind, e.actor_id, e.rule_version,
           e.data::jsonb, e.visibility::jsonb, door.at
    from door,
         unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::int[],
                $9::text[], $10::text[])
         with ordinality
         as e (site_id, image_id, case_id, decision_id, type, actor_kind, actor_id, rule_version, data, visibility, n)
    order by e.n
    returning seq`,
};

/** A line of the log to be. */
export interface NewEvent {
  readonly siteId: string;
  readonly imageId: string | null;
  readonly caseId: string | null;
  readonly decisionId: string | null;
  readonly type: string;
  readonly actor: Actor;
  readonly ruleVersion: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly visibility: Visibility | null;
}

/** Appends to the log and commits: the very last statement of a transaction. Returns the numbers in the order given. */
export const appendEvents = (
  tx: Tx,
  events: readonly NewEvent[],
  at: Date | null,
): Promise<{ seq: string }[]> =>
  tx.finish(statement, [
    events.map(({ siteId }) => siteId),
    events.map(({ imageId }) => imageId),
    events.map(({ caseId }) => caseId),
    events.map(({ decisionId }) => decisionId),
    events.map(({ type }) => type),
    events.map(({ actor }) => actor.kind),
    events.map(({ actor }) => actor.id),
    events.map(({ ruleVersion }) => ruleVersion),
    events.map(({ data }) => JSON.stringify(data)),
    events.map(({ visibility }) => (visibility === null ? null : JSON.stringify(visibility))),
    at,
    events.some(({ visibility }) => visibility !== null),
  ]);
