import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import type { EndpointAnswer, MessageAnswer } from '../contract/webhooks.js';
import type { EndpointRow } from '../database/statements/webhooks/read-endpoints.js';
import type { MessageRow } from '../database/statements/webhooks/read-messages.js';

/** Endpoints and messages as their site sees them. */
@Injectable()
export class WebhookViews {
  constructor(private readonly sealed: Sealed) {}

  endpoint(row: EndpointRow): EndpointAnswer {
    return {
      id: this.sealed.id('whe', row.id),
      url: row.url,
      events: row.events,
      description: row.description,
      enabled: row.disabledAt === null,
      disabledReason: row.disabledReason,
      disabledAt: row.disabledAt?.toISOString() ?? null,
      failingSince: row.failingSince?.toISOString() ?? null,
      oldSecretUntil: row.oldUntil?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    };
  }

  message(row: MessageRow): MessageAnswer {
    return {
      id: this.sealed.id('msg', row.id),
      type: row.type,
      status: row.status,
      createdAt: row.createdAt.toISOString(),
      nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
      payload: JSON.parse(row.body) as Record<string, unknown>,
      attempts: row.attempts.map(({ at, milliseconds, status, error, answer }) => ({
        at: new Date(at).toISOString(),
        milliseconds,
        status,
        error,
        answer,
      })),
    };
  }
}
