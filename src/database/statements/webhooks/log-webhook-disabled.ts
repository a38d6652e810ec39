import type { Tx } from '../../tx.js';
import { appendEvents } from '../log/append-events.js';

/** Tells the log, and about no image. As every writer of the log the last statement of its transaction. */
export async function logWebhookDisabled(
  tx: Tx,
  siteId: string,
  data: { readonly endpoint: string; readonly reason: 'gone' | 'failing' },
): Promise<void> {
  const event = {
    siteId,
    imageId: null,
    caseId: null,
    decisionId: null,
    type: 'webhook.disabled',
    actor: { kind: 'rule', id: null },
    ruleVersion: null,
    data,
    visibility: null,
  } as const;
  await appendEvents(tx, [event], null);
}
