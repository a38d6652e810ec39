import type { DecisionAction, Delta, ReportsVerdict } from '../../../core/command.js';
import type { Tx } from '../../tx.js';

const nextIds = {
  name: 'next-decision-ids',
  text: `select nextval(pg_get_serial_sequence('decision', 'id')) as id from generate_series(1, $1::int)`,
};

const insert = {
  name: 'insert-decisions',
  text: `
    insert into decision (site_id, id, image_id, case_id, round, action, policy, note, reports, staff_id, case_version,
                          lease_token, delta, content)
    overriding system value
    select site_id, id, image_id, case_id, round, action, policy, note, reports, staff_id, case_version,
           decode(lease_token, 'hex'), delta, content
    from jsonb_to_recordset($1::jsonb)
         as n (site_id bigint, id bigint, image_id bigint, case_id bigint, round int, action text, policy text,
               note text, reports text, staff_id bigint, case_version int, lease_token text, delta jsonb, content int)`,
};

const markUndone = {
  name: 'mark-decision-undone',
  text: `
    update decision
    set undone_at = clock_timestamp(), undone_by = $3
    where site_id = $1 and id = $2 and undone_at is null`,
};

const standing = {
  name: 'load-decision-to-undo',
  text: `
    select d.id, d.image_id as "imageId", d.case_id as "caseId", d.action, d.delta, d.content, d.staff_id as "staffId",
           d.undone_at as "undoneAt",
           not exists (select from decision later
                       where later.site_id = d.site_id and later.image_id = d.image_id and later.id > d.id
                         and later.undone_at is null) as latest,
           exists (select from moderation_case c
                   where c.site_id = d.site_id and c.image_id = d.image_id and c.opened_at > d.at
                     and c.id is distinct from d.case_id) as "newerCase",
           exists (select from image i
                   join vote v on v.site_id = i.site_id and v.image_id = i.id and v.round = i.round
                   where i.site_id = d.site_id and i.id = d.image_id
                     and v.withdrawn_at is null and v.left_out is distinct from 'linked'
                     and coalesce(v.said_at, v.at) >= date_trunc('milliseconds', d.at)) as "spokenSince"
    from decision d
    where d.site_id = $1 and d.id = $2`,
};

export interface NewDecision {
  readonly site_id: string;
  readonly id: string;
  readonly image_id: string;
  readonly case_id: string | null;
  readonly round: number;
  readonly action: DecisionAction;
  readonly policy: string | null;
  readonly note: string | null;
  readonly reports: ReportsVerdict;
  readonly staff_id: string;
  readonly case_version: number | null;
  /** SHA-256 of the lease token, in hexadecimal. */
  readonly lease_token: string | null;
  readonly delta: Delta;
  /** The content version that was decided on; null: nobody had looked at the bytes. */
  readonly content: number | null;
}

export interface DecisionToUndo {
  readonly id: string;
  readonly imageId: string;
  readonly caseId: string | null;
  readonly action: DecisionAction;
  readonly delta: Delta;
  readonly content: number | null;
  readonly staffId: string;
  readonly undoneAt: Date | null;
  readonly latest: boolean;
  readonly newerCase: boolean;
  /** Somebody whose vote stands has spoken since. Votes have whole milliseconds: what was said in the decision's own is since. */
  readonly spokenSince: boolean;
}

/** Numbers for decisions to come: a block names the decision that it stands on. */
export const nextDecisionIds = (tx: Tx, count: number): Promise<{ id: string }[]> =>
  tx.query(nextIds, [count]);

export const insertDecisions = (tx: Tx, decisions: readonly NewDecision[]): void =>
  tx.send(insert, [JSON.stringify(decisions)]);

/** Read after the image is locked. */
export const loadDecisionToUndo = (tx: Tx, siteId: string, decisionId: string): Promise<DecisionToUndo[]> =>
  tx.query(standing, [siteId, decisionId]);

export const markDecisionUndone = (tx: Tx, siteId: string, decisionId: string, staffId: string): void =>
  tx.send(markUndone, [siteId, decisionId, staffId]);
