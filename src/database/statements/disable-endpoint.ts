import type { Tx } from '../tx.js';

const disable = {
  name: 'disable-endpoint',
  text: `
    update webhook_endpoint
    set disabled_at = clock_timestamp(), disabled_reason = $3
    where site_id = $1 and id = $2 and disabled_at is null`,
};

const failPending = {
  name: 'fail-pending-messages',
  text: `
    update webhook_message
    set status = 'failed', next_attempt_at = null, finished_at = clock_timestamp()
    where site_id = $1 and endpoint_id = $2 and status = 'pending'`,
};

/** False when it was disabled already, or is gone. */
export async function disableEndpointRow(
  tx: Tx,
  siteId: string,
  id: string,
  reason: 'gone' | 'failing',
): Promise<boolean> {
  return (await tx.count(disable, [siteId, id, reason])) > 0;
}

/** What waits for an endpoint that is disabled waits no longer. */
export const failPendingMessages = (tx: Tx, siteId: string, endpointId: string): void =>
  tx.send(failPending, [siteId, endpointId]);
