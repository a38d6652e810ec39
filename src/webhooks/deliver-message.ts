import { Logger } from '@nestjs/common';
import type { Sealed } from '../access/sealing/sealed.js';
import type { Database } from '../database/database.js';
import { failPendingMessage } from '../database/statements/webhooks/disable-endpoint.js';
import { type DeliveryRow, loadDelivery } from '../database/statements/webhooks/load-delivery.js';
import {
  noteFailure,
  noteSuccess,
  type SavedAttempt,
  saveAttempt,
} from '../database/statements/webhooks/save-attempt.js';
import type { JobHandler, JobResult, JobRun } from '../jobs/job-handler.js';
import { type OutboundOptions, type OutboundResult, postSafely } from '../outbound/post-safely.js';
import { webhookAttempts } from '../telemetry/measures.js';
import { activeTracing, inSpan } from '../telemetry/tracing.js';
import { DELIVER, type Delivery } from './deliveries.js';
import { disableEndpoint, type DisableCause, giveUpAll } from './disable-endpoint.js';
import type { EndpointSecrets } from './endpoint-secrets.js';
import { delayAfter } from './next-attempt.js';
import { signMessage } from './sign-message.js';
import { textOfAnswer } from './text-of-answer.js';

export interface DeliveryOptions {
  /** Seconds after each failed attempt. */
  readonly retrySeconds: readonly number[];
  readonly disableAfterHours: number;
  readonly outbound: OutboundOptions;
}

const DONE: JobResult = { done: true };
const USER_AGENT = 'Vigie-Webhooks/1';

/** Tries to deliver one message, and writes down what came of it. */
export class DeliverMessage implements JobHandler<Delivery> {
  readonly kind = DELIVER;
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
    private readonly secrets: EndpointSecrets,
    private readonly options: DeliveryOptions,
  ) {}

  async run({ messageId, series }: Delivery, { signal }: JobRun): Promise<JobResult> {
    const delivery = await loadDelivery(this.database, messageId);
    // Delivered, given up, sent again in a series of its own, or gone with its endpoint.
    if (delivery?.status !== 'pending' || delivery.series !== series) return DONE;
    if (delivery.disabled) return this.giveUp(delivery);
    // A worker died between an attempt and the job's next date.
    if (delivery.dueAt !== null) return { again: delivery.dueAt, why: 'It is not due yet.' };
    const at = new Date();
    const began = performance.now();
    const result = await this.post(delivery, at, signal);
    if (signal.aborted && result.status === null) return { inSeconds: 0, why: 'The process was stopping.' };
    return this.settle(delivery, result, at, Math.round(performance.now() - began));
  }

  private post(delivery: DeliveryRow, at: Date, signal: AbortSignal): Promise<OutboundResult> {
    const { siteId, id, url, body, secret, oldSecret } = delivery;
    const kept = oldSecret === null ? [secret] : [secret, oldSecret];
    const secrets = kept.map((one) => this.secrets.open(siteId, one));
    const signed = signMessage({ id: this.sealed.id('msg', id), body, at, secrets });
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': USER_AGENT,
      ...signed,
    };
    return inSpan(
      'webhook attempt',
      { attributes: { 'vigie.webhook.attempt': delivery.seriesAttempts + 1 } },
      async (span) => {
        const told = { ...headers, ...activeTracing()?.headers() };
        const result = await postSafely({ url, headers: told, body, signal }, this.options.outbound);
        if (result.status !== null) span?.setAttribute('http.response.status_code', result.status);
        return result;
      },
    );
  }

  /** The endpoint's row before the message's, as everywhere. */
  private async settle(
    delivery: DeliveryRow,
    result: OutboundResult,
    at: Date,
    milliseconds: number,
  ): Promise<JobResult> {
    const error = errorOf(result);
    webhookAttempts.inc({
      outcome: result.status === null ? 'unreachable' : error === null ? 'delivered' : 'refused',
    });
    const attempt = (cause: DisableCause | null): SavedAttempt =>
      this.attempt(delivery, result, error, cause, at, milliseconds);
    const outcome = await this.database.inIndexedTransaction(async (tx) => {
      if (error === null) {
        noteSuccess(tx, delivery);
        return { next: await saveAttempt(tx, attempt(null)), disabled: null };
      }
      const noted = await noteFailure(tx, delivery, this.options.disableAfterHours);
      const cause = noted === 'elsewhere' ? null : causeOf(result, noted);
      const next = await saveAttempt(tx, attempt(cause));
      const disabled = cause === null ? null : await disableEndpoint(tx, this.sealed, delivery, cause);
      return { next: disabled === null ? next : null, disabled };
    });
    if (outcome.disabled !== null) {
      this.logger.warn(`Webhook endpoint ${outcome.disabled} was disabled: ${error ?? ''}`);
      await giveUpAll(this.database, delivery);
    }
    return outcome.next === null ? DONE : { again: outcome.next, why: error ?? 'It failed.' };
  }

  private attempt(
    delivery: DeliveryRow,
    result: OutboundResult,
    error: string | null,
    cause: DisableCause | null,
    at: Date,
    milliseconds: number,
  ): SavedAttempt {
    const { siteId, id, series, seriesAttempts } = delivery;
    const asked = { status: result.status, retryAfter: result.status === null ? null : result.retryAfter };
    const delay =
      error === null || cause === 'gone'
        ? null
        : delayAfter(this.options.retrySeconds, seriesAttempts + 1, asked, at, Math.random());
    return {
      siteId,
      messageId: id,
      series,
      messageStatus: error === null ? 'delivered' : delay === null ? 'failed' : 'pending',
      delay,
      milliseconds,
      status: result.status,
      error,
      answer: result.status === null ? null : textOfAnswer(result.answer),
    };
  }

  /** For a message that was made while its endpoint was being disabled. One that was enabled meanwhile gets it. */
  private async giveUp(delivery: DeliveryRow): Promise<JobResult> {
    const failed = await this.database.inIndexedTransaction((tx) => failPendingMessage(tx, delivery));
    return failed ? DONE : { inSeconds: 0, why: 'Its endpoint was enabled meanwhile.' };
  }
}

/** Why an endpoint is disabled after a failure; null when it is not. */
function causeOf(result: OutboundResult, noted: 'failing' | 'too-long'): DisableCause | null {
  if (result.status === 410) return 'gone';
  return noted === 'too-long' ? 'failing' : null;
}

/** Why an attempt does not count as delivered; null when it does. */
function errorOf(result: OutboundResult): string | null {
  if (result.status === null) return result.failure;
  if (result.status >= 200 && result.status < 300) return null;
  if (result.status === 410) return 'It answered 410: it is gone for good.';
  if (result.status >= 300 && result.status < 400) {
    return `It answered ${result.status}: redirects are not followed, change the address instead.`;
  }
  return `It answered ${result.status}.`;
}
