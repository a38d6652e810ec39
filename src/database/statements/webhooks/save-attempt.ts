import type { DatabaseTime } from '../../database-time.js';
import type { Tx } from '../../tx.js';

const attempt = {
  name: 'save-attempt',
  // Of two that ran at once the later one finds the message delivered, or in another series, and adds nothing.
  text: `
    with message as (
      update webhook_message
      set attempts        = attempts + 1,
          series_attempts = series_attempts + 1,
          status          = $4,
          next_attempt_at = case when $4 = 'pending' then clock_timestamp() + $5::float8 * interval '1 millisecond' end,
          finished_at     = case when $4 = 'pending' then null else clock_timestamp() end
      where site_id = $1 and id = $2 and series = $3 and status = 'pending'
      returning site_id, id, attempts, next_attempt_at
    ), tried as (
      insert into webhook_attempt (site_id, message_id, number, at, milliseconds, status, error, answer)
      select m.site_id, m.id, m.attempts, clock_timestamp() - $6::int * interval '1 millisecond', $6::int, $7::int, $8, $9
      from message m
    )
    select next_attempt_at as "nextAttemptAt" from message`,
};

const succeeded = {
  name: 'note-endpoint-success',
  text: `
    update webhook_endpoint
    set failing_since = null, last_failed_at = null
    where site_id = $1 and id = $2 and url = $3 and failing_since is not null`,
};

const failed = {
  name: 'note-endpoint-failure',
  // After silence failing begins anew: nobody knows how it was meanwhile. Retries come more often than that.
  text: `
    update webhook_endpoint
    set failing_since  = case when last_failed_at > clock_timestamp() - interval '36 hours' then failing_since
                              else clock_timestamp() end,
        last_failed_at = clock_timestamp()
    where site_id = $1 and id = $2 and url = $3
    returning failing_since < clock_timestamp() - $4::float8 * interval '1 hour' as "forTooLong"`,
};

export interface SavedAttempt {
  readonly siteId: string;
  readonly messageId: string;
  readonly series: number;
  readonly messageStatus: 'pending' | 'delivered' | 'failed';
  /** Until the next attempt, where the message stays pending. */
  readonly delay: number | null;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

/** When the next attempt is due; null when there is none. */
export async function saveAttempt(tx: Tx, saved: SavedAttempt): Promise<DatabaseTime | null> {
  const [row] = await tx.query<{ nextAttemptAt: DatabaseTime | null }>(attempt, [
    saved.siteId,
    saved.messageId,
    saved.series,
    saved.messageStatus,
    saved.delay,
    saved.milliseconds,
    saved.status,
    saved.error,
    saved.answer,
  ]);
  return row?.nextAttemptAt ?? null;
}

/** Where an attempt was made: what came of it says nothing of an endpoint that has another address by now. */
export interface TriedEndpoint {
  readonly siteId: string;
  readonly endpointId: string;
  readonly url: string;
}

export const noteSuccess = (tx: Tx, { siteId, endpointId, url }: TriedEndpoint): void =>
  tx.send(succeeded, [siteId, endpointId, url]);

/** `too-long`: it has done nothing but fail for so many hours; `elsewhere`: it has another address, or is gone. */
export async function noteFailure(
  tx: Tx,
  { siteId, endpointId, url }: TriedEndpoint,
  hours: number,
): Promise<'failing' | 'too-long' | 'elsewhere'> {
  const [row] = await tx.query<{ forTooLong: boolean }>(failed, [siteId, endpointId, url, hours]);
  if (row === undefined) return 'elsewhere';
  return row.forTooLong ? 'too-long' : 'failing';
}
