import type { Sealed } from '../access/sealing/sealed.js';
import {
  type BreakerMessage,
  type CaseChangeMessage,
  type CaseHeldMessage,
  type CaseOverdueMessage,
  type EndpointMessage,
  type ImageChangeMessage,
  MOST_ADDRESSES_TOLD,
  type WebhookImage,
  type WebhookPayload,
} from '../contract/webhook-events.js';
import { BLOCK_SOURCES, type BlockSource, type CaseHold, type CaseOutcome } from '../core/image-state.js';
import type { WantedEvent } from '../database/statements/webhooks/fan-out.js';

/** Which message an event of the log makes, or may make where there are two; all others make none. */
export const MESSAGE_OF: readonly (readonly [event: string, message: string])[] = [
  ['image.blocked', 'image.blocked'],
  // Still blocked, under a new version.
  ['image.reason-changed', 'image.blocked'],
  ['image.unblocked', 'image.unblocked'],
  // The addresses show what their new image shows. The last event of a merge, too, which so needs no message of its own.
  ['addresses.bound', 'image.blocked'],
  ['addresses.bound', 'image.unblocked'],
  ['case.opened', 'case.opened'],
  ['case.resolved', 'case.resolved'],
  ['case.held', 'case.held'],
  ['case.overdue', 'case.overdue'],
  ['site.breaker', 'site.breaker'],
  ['webhook.disabled', 'webhook.disabled'],
];

/** What is posted for an event: nothing that counts reports, and nothing of a reader. Null for one that makes no message. */
export function messageOfEvent(event: WantedEvent, sealed: Sealed): WebhookPayload | null {
  switch (event.type) {
    case 'image.blocked':
    case 'image.unblocked':
      return imageChange(event);
    case 'case.opened':
    case 'case.resolved':
      return caseChange(event, event.type, sealed);
    case 'case.held':
      return caseHeld(event, sealed);
    case 'case.overdue':
      return caseOverdue(event, sealed);
    case 'site.breaker':
      return breakerTripped(event);
    case 'webhook.disabled':
      return endpointDisabled(event);
    default:
      return null;
  }
}

function imageChange(event: WantedEvent): ImageChangeMessage | null {
  const { visibility } = event;
  if (visibility === null) return null;
  const type = visibility.blocked ? 'image.blocked' : 'image.unblocked';
  // An address that was bound makes one of two messages, and none where nothing was ever blocked.
  if (type !== event.type || visibility.version === 0) return null;
  return {
    type,
    timestamp: event.at.toISOString(),
    data: {
      image: imageOf(event),
      blocked: visibility.blocked,
      ...(visibility.blocked ? { reason: visibility.reason } : {}),
      version: visibility.version,
      decidedBy: visibility.blocked ? sourceOf(event) : liftedBy(event),
    },
  };
}

/** The log names the source of the block that shows. */
function sourceOf({ data, actorKind }: WantedEvent): BlockSource {
  return BLOCK_SOURCES.find((source) => source === data['source']) ?? LIFTED_BY[actorKind];
}

/** A rule lifts what followed a block by a person that no longer stands; the log names the block that went. */
const liftedBy = ({ actorKind, data }: WantedEvent): BlockSource =>
  actorKind === 'rule' && data['source'] === 'match' ? 'match' : LIFTED_BY[actorKind];

const LIFTED_BY: Readonly<Record<WantedEvent['actorKind'], BlockSource>> = {
  staff: 'moderator',
  site: 'publisher',
  operator: 'publisher',
  rule: 'threshold',
  reader: 'threshold',
};

function caseChange(
  event: WantedEvent,
  type: CaseChangeMessage['type'],
  sealed: Sealed,
): CaseChangeMessage | null {
  if (event.caseId === null) return null;
  const status = type === 'case.opened' ? 'open' : 'closed';
  return {
    type,
    timestamp: event.at.toISOString(),
    data: {
      case: {
        id: sealed.id('case', event.caseId),
        status,
        ...(status === 'closed' ? { outcome: outcomeOf(event.data) } : {}),
      },
      image: imageOf(event),
    },
  };
}

/** A decision says `action`; what closes without one says `outcome`. */
const outcomeOf = ({ action, outcome }: WantedEvent['data']): CaseOutcome =>
  (['block', 'keep', 'superseded', 'merged'] as const).find((one) => one === (outcome ?? action)) ?? 'merged';

/** The case that an alert is about: it awaits a decision. */
const awaiting = (event: WantedEvent, caseId: string, sealed: Sealed): CaseChangeMessage['data'] => ({
  case: { id: sealed.id('case', caseId), status: 'open' },
  image: imageOf(event),
});

function caseHeld(event: WantedEvent, sealed: Sealed): CaseHeldMessage | null {
  const { caseId, at, data } = event;
  if (caseId === null) return null;
  const { by } = data['hold'] as { readonly by: CaseHold['by'] };
  return {
    type: 'case.held',
    timestamp: at.toISOString(),
    data: { ...awaiting(event, caseId, sealed), heldBy: by },
  };
}

function caseOverdue(event: WantedEvent, sealed: Sealed): CaseOverdueMessage | null {
  const { caseId, at, data } = event;
  if (caseId === null) return null;
  const { lifted } = data;
  return {
    type: 'case.overdue',
    timestamp: at.toISOString(),
    data: {
      ...awaiting(event, caseId, sealed),
      held: data['held'] === true,
      lifted: Array.isArray(lifted) && lifted.length > 0,
    },
  };
}

function breakerTripped({ at, data }: WantedEvent): BreakerMessage {
  const { limit, blocksInHour, baseline } = data as Readonly<Record<string, number | null>>;
  return {
    type: 'site.breaker',
    timestamp: at.toISOString(),
    data: { limit: Number(limit), blocksInHour: Number(blocksInHour), baseline: baseline ?? null },
  };
}

function endpointDisabled({ at, data }: WantedEvent): EndpointMessage {
  return {
    type: 'webhook.disabled',
    timestamp: at.toISOString(),
    data: { endpoint: String(data['endpoint']), reason: data['reason'] === 'gone' ? 'gone' : 'failing' },
  };
}

const imageOf = ({ keyKind, key, url, bound, alsoAt }: WantedEvent): WebhookImage => {
  const addresses = bound.length > 0 ? bound : alsoAt;
  const address = bound[0] ?? (keyKind === 'url' ? key : url);
  return {
    ...(address === null ? {} : { url: address }),
    ...(keyKind === 'id' && key !== null ? { id: key } : {}),
    ...(addresses.length === 0 ? {} : { addresses: addresses.slice(0, MOST_ADDRESSES_TOLD) }),
    ...(addresses.length > MOST_ADDRESSES_TOLD ? { moreAddresses: true } : {}),
  };
};
