import type { Sealed } from '../access/sealing/sealed.js';
import type { Database } from '../database/database.js';
import { disableEndpointRow, failPendingMessages } from '../database/statements/webhooks/disable-endpoint.js';
import { logWebhookDisabled } from '../database/statements/webhooks/log-webhook-disabled.js';
import type { Tx } from '../database/tx.js';
import { AGAIN, partOf, untilDone } from '../database/until-done.js';

export type DisableCause = 'gone' | 'failing';

/** An endpoint by its database ids. */
export interface DisabledEndpoint {
  readonly siteId: string;
  readonly endpointId: string;
}

/** Messages in one transaction: after days without an answer hundreds of thousands may wait. */
const AT_ONCE = 5_000;

/** Gives up so much of what waits for a disabled endpoint as a transaction may hold; how many messages those were. */
export const giveUpSome = (tx: Tx, { siteId, endpointId }: DisabledEndpoint): Promise<number> =>
  failPendingMessages(tx, siteId, endpointId, AT_ONCE);

/**
 * Gives up the rest, once the endpoint is disabled. Where it is enabled again meanwhile, or the process ends, what is left
 * is for the messages' own deliveries to see.
 */
export async function giveUpAll(database: Database, endpoint: DisabledEndpoint): Promise<void> {
  await untilDone(
    database,
    () => false,
    AGAIN,
    async (tx) => partOf(await giveUpSome(tx, endpoint), AT_ONCE),
  );
}

/**
 * Disables an endpoint, gives up what waits for it, or the first part of much (`giveUpAll`), and tells the site by its log, and so its other endpoints; not its
 * address, which may hold a token, and all staff of the site reads the log. The last thing in its transaction, since it
 * writes the log.
 *
 * @returns the endpoint's public id, or null when it was disabled already
 */
export async function disableEndpoint(
  tx: Tx,
  sealed: Sealed,
  { siteId, endpointId }: DisabledEndpoint,
  reason: DisableCause,
): Promise<string | null> {
  if (!(await disableEndpointRow(tx, siteId, endpointId, reason))) return null;
  await giveUpSome(tx, { siteId, endpointId });
  const endpoint = sealed.id('whe', endpointId);
  await logWebhookDisabled(tx, siteId, { endpoint, reason });
  return endpoint;
}
