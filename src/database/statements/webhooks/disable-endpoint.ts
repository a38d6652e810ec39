import type { Tx } from '../../tx.js';

const disable = {
  name: 'disable-endpoint',
  text: `
    update webhook_endpoint
    set disabled_at = clock_timestamp(), disabled_reason = $3
    where site_id = $1 and id = $2 and disabled_at is null`,
};

const failPending = {
  name: 'fail-pending-messages',
  // By webhook_message_pending. The endpoint before its messages, as everywhere.
  text: `
    with waiting as materialized (
      select m.site_id, m.id
      from (select w.site_id, w.id
            from webhook_endpoint w
            where w.site_id = $1 and w.id = $2 and w.disabled_at is not null
            for share) w
      join webhook_message m on m.site_id = w.site_id and m.endpoint_id = w.id
      where m.status = 'pending'
      limit $3
      for update of m
    )
    update webhook_message m
    set status = 'failed', next_attempt_at = null, finished_at = clock_timestamp()
    from waiting
    where m.site_id = waiting.site_id and m.id = waiting.id`,
};

const failOne = {
  name: 'fail-message-of-disabled-endpoint',
  // The endpoint is locked: one that is being enabled is waited for, and then enabled.
  text: `
    update webhook_message m
    set status = 'failed', next_attempt_at = null, finished_at = clock_timestamp()
    from (select w.site_id, w.id
          from webhook_endpoint w
          where w.site_id = $1 and w.id = $2 and w.disabled_at is not null
          for share) w
    where m.site_id = w.site_id and m.endpoint_id = w.id and m.id = $3 and m.series = $4 and m.status = 'pending'`,
};

/** False when it was disabled already, or is gone. */
export async function disableEndpointRow(
  tx: Tx,
  siteId: string,
  id: string,
  reason: 'gone' | 'failing' | 'by_site',
): Promise<boolean> {
  return (await tx.count(disable, [siteId, id, reason])) > 0;
}

/** Of what waits for an endpoint that is disabled so many messages, at most, wait no longer; how many those were. */
export const failPendingMessages = (
  tx: Tx,
  siteId: string,
  endpointId: string,
  limit: number,
): Promise<number> => tx.count(failPending, [siteId, endpointId, limit]);

/** The same for one message, in one series of attempts. False when there was no such thing to fail, or no cause any more. */
export async function failPendingMessage(
  tx: Tx,
  {
    siteId,
    endpointId,
    id,
    series,
  }: { readonly siteId: string; readonly endpointId: string; readonly id: string; readonly series: number },
): Promise<boolean> {
  return (await tx.count(failOne, [siteId, endpointId, id, series])) > 0;
}
