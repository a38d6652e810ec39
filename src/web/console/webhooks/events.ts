import type { WebhookEvent } from '../../../contract/webhook-events.js';

/** What an endpoint may ask for. */
export const EVENTS = [
  'image.blocked',
  'image.unblocked',
  'case.opened',
  'case.resolved',
  'webhook.disabled',
  'case.held',
  'case.overdue',
  'site.breaker',
] as const satisfies readonly WebhookEvent[];
