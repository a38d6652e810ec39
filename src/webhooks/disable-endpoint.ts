import type { Sealed } from '../access/sealed.js';
import { appendEvents } from '../database/statements/append-events.js';
import { disableEndpointRow, failPendingMessages } from '../database/statements/disable-endpoint.js';
import type { Tx } from '../database/tx.js';

export type DisableCause = 'gone' | 'failing';

/**
 * Disables an endpoint, gives up what waits for it, and tells the site by its log, and so its other endpoints. The last
 * thing in its transaction, since it writes the log.
 *
 * @returns the endpoint's public id, or null when it was disabled already
 */
export async function disableEndpoint(
  tx: Tx,
  sealed: Sealed,
  { siteId, endpointId }: { readonly siteId: string; readonly endpointId: string },
  reason: DisableCause,
): Promise<string | null> {
  const url = await disableEndpointRow(tx, siteId, endpointId, reason);
  if (url === undefined) return null;
  failPendingMessages(tx, siteId, endpointId);
  const endpoint = sealed.id('whe', endpointId);
  const event = {
    siteId,
    imageId: null,
    caseId: null,
    decisionId: null,
    type: 'webhook.disabled',
    actor: { kind: 'rule', id: null },
    ruleVersion: null,
    data: { endpoint, url, reason },
    visibility: null,
  } as const;
  await appendEvents(tx, [event], null);
  return endpoint;
}
