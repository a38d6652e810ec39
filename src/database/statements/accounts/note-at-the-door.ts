import type { AccountEventType } from './note-account-event.js';
import type { Tx } from '../../tx.js';

/** A line of the accounts' log that strangers can cause. */
export interface NewDoorEvent {
  readonly type: Extract<AccountEventType, 'sign-in-failed' | 'password-right'>;
  /** Null: there is no account of that address. */
  readonly staffId: string | null;
  /** Nothing secret, no network address. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** So many are told one by one within an hour. */
const ONE_BY_ONE = 10;

const statement = {
  name: 'note-at-the-door',
  // The hour begins with the first. Beyond what is told one by one: the 16th, the 32nd, the 64th and so on, with which it is.
  text: `
    with counted as (
      insert into sign_in_failure as f (key, failures)
      values (substring(sha256(convert_to('told|' || $2::text || '|' || coalesce($1::bigint, 0), 'UTF8')) for 16), 1)
      on conflict (key) do update
      set failures = case when f.last_at < clock_timestamp() - interval '1 hour' then 1 else f.failures + 1 end,
          last_at = case when f.last_at < clock_timestamp() - interval '1 hour' then clock_timestamp() else f.last_at end
      returning failures
    )
    insert into account_event (staff_id, type, actor_kind, data)
    select $1::bigint, $2::text, 'anybody',
           $3::jsonb || case when failures > ${ONE_BY_ONE} then jsonb_build_object('times', failures) else '{}' end
      from counted
     where failures <= ${ONE_BY_ONE} or failures & (failures - 1) = 0`,
};

/**
 * Appends what somebody at the door caused to the accounts' log, a few times an hour for each account and for all addresses
 * that nobody has: what is appended stays for ever, and who guesses must not fill the disk.
 */
export async function noteAtTheDoor(
  tx: Pick<Tx, 'query'>,
  { type, staffId, data }: NewDoorEvent,
): Promise<void> {
  await tx.query(statement, [staffId, type, JSON.stringify(data)]);
}
