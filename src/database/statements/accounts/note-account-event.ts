import type { Tx } from '../../tx.js';

/** What the accounts' log tells of. */
export type AccountEventType =
  | 'signed-in'
  | 'sign-in-failed'
  | 'password-right'
  | 'signed-out'
  | 'session-ended'
  | 'password-changed'
  | 'second-factor-set'
  | 'second-factor-removed'
  | 'recovery-code-used'
  | 'recovery-codes-made'
  | 'account-made'
  | 'account-closed'
  | 'account-opened'
  | 'link-made'
  | 'link-used'
  | 'admin-given'
  | 'admin-taken'
  | 'legal-given'
  | 'legal-taken'
  | 'member-added'
  | 'member-changed'
  | 'member-removed'
  | 'token-made'
  | 'token-revoked'
  | 'key-made'
  | 'key-revoked'
  | 'site-changed';

/** A line of the accounts' log to be. */
export interface NewAccountEvent {
  readonly type: AccountEventType;
  /** Whose account it is about; null: there is none of that address, or it is about a site. */
  readonly staffId: string | null;
  /** Where the right holds that changed, or what changed. */
  readonly siteId?: string;
  /** Who did it: a member of staff by id; the operator; or whoever was at the door. */
  readonly by: { readonly staffId: string } | 'operator' | 'anybody';
  /** Nothing secret, no network address. */
  readonly data?: Readonly<Record<string, unknown>>;
}

const statement = {
  name: 'note-account-event',
  text: `
    insert into account_event (staff_id, site_id, type, actor_kind, actor_id, data)
    values ($1, $2, $3, $4, $5, $6)`,
};

/** Appends to the accounts' log (ADR 20). It may not be changed afterwards. */
export async function noteAccountEvent(
  tx: Pick<Tx, 'query'>,
  { type, staffId, siteId, by, data = {} }: NewAccountEvent,
): Promise<void> {
  const actor = typeof by === 'string' ? { kind: by, id: null } : { kind: 'staff', id: by.staffId };
  await tx.query(statement, [staffId, siteId ?? null, type, actor.kind, actor.id, JSON.stringify(data)]);
}
