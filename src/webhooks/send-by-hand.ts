import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import type { EndpointMessage } from '../contract/webhook-events.js';
import { notFound, refused } from '../core/errors.js';
import { Database } from '../database/database.js';
import { findUntriedTest, insertMessages } from '../database/statements/webhooks/insert-messages.js';
import { lockSiteRow } from '../database/statements/sites/lock-site-row.js';
import { keepEndpoint } from '../database/statements/webhooks/read-endpoints.js';
import { type MessageRow, readMessage } from '../database/statements/webhooks/read-messages.js';
import { retryMessageRow } from '../database/statements/webhooks/retry-message.js';
import type { Tx } from '../database/tx.js';
import { stageDeliveries } from './deliveries.js';

/** Messages that somebody asks for: a test, and one that is sent again. */
@Injectable()
export class SendByHand {
  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
  ) {}

  /**
   * A test, whatever events the endpoint asks for. While one is about to be tried there is no second one.
   *
   * @throws VigieError NOT_FOUND; CONFLICT when the endpoint is disabled
   */
  test(siteId: string, endpointId: string, now: Date): Promise<MessageRow> {
    return this.database.inTransaction(async (tx) => {
      lockSiteRow(tx, siteId);
      await mustBeEnabled(tx, siteId, endpointId);
      const waiting = await findUntriedTest(tx, siteId, endpointId);
      if (waiting !== undefined) return messageOf(tx, siteId, endpointId, waiting);
      const payload: EndpointMessage = {
        type: 'webhook.test',
        timestamp: now.toISOString(),
        data: { endpoint: this.sealed.id('whe', endpointId) },
      };
      const message = { siteId, endpointId, seq: null, type: payload.type, body: JSON.stringify(payload) };
      const [made] = await insertMessages(tx, [message]);
      const messageId = made?.id ?? '';
      stageDeliveries(tx, [{ messageId, series: 1, endpointId }]);
      return messageOf(tx, siteId, endpointId, messageId);
    });
  }

  /**
   * Sends a message again, delivered or not, with a new series of attempts that begins at once.
   *
   * @throws VigieError NOT_FOUND; CONFLICT when the endpoint is disabled
   */
  retry(siteId: string, endpointId: string, messageId: string): Promise<MessageRow> {
    return this.database.inTransaction(async (tx) => {
      await mustBeEnabled(tx, siteId, endpointId);
      const series = await retryMessageRow(tx, siteId, endpointId, messageId);
      if (series !== undefined) stageDeliveries(tx, [{ messageId, series, endpointId }]);
      return messageOf(tx, siteId, endpointId, messageId);
    });
  }
}

async function mustBeEnabled(tx: Tx, siteId: string, id: string): Promise<void> {
  const endpoint = await keepEndpoint(tx, siteId, id);
  if (endpoint === undefined) throw notFound('webhook endpoint');
  if (endpoint.disabledAt !== null) {
    throw refused('CONFLICT', 'endpoint-disabled', 'The endpoint is disabled: enable it first, with PATCH.');
  }
}

async function messageOf(tx: Tx, siteId: string, id: string, messageId: string): Promise<MessageRow> {
  const message = await readMessage(tx, { siteId, id }, messageId);
  if (message === undefined) throw notFound('message');
  return message;
}
