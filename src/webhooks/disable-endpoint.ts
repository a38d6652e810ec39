import type { Sealed } from '../access/sealing/sealed.js';
import { disableEndpointRow, failPendingMessages } from '../database/statements/webhooks/disable-endpoint.js';
import { logWebhookDisabled } from '../database/statements/webhooks/log-webhook-disabled.js';
import type { Tx } from '../database/tx.js';

export type DisableCause = 'gone' | 'failing';

/**
 * Disables an endpoint, gives up what waits for it, and tells the site by its log, and so its other endpoints; not its
 * address, which may hold a token, and all staff of the site reads the log. The last thing in its transaction, since it
 * writes the log.
 *
 * @returns the endpoint's public id, or null when it was disabled already
 */
export async function disableEndpoint(
  tx: Tx,
  sealed: Sealed,
  { siteId, endpointId }: { readonly siteId: string; readonly endpointId: string },
  reason: DisableCause,
): Promise<string | null> {
  if (!(await disableEndpointRow(tx, siteId, endpointId, reason))) return null;
  failPendingMessages(tx, siteId, endpointId);
  const endpoint = sealed.id('whe', endpointId);
  await logWebhookDisabled(tx, siteId, { endpoint, reason });
  return endpoint;
}
