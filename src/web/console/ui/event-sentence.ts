import type { EventView } from '../../../contract/events.js';
import type { TextKey } from '../languages/parts.js';
import { evidenceSentence, type SaidEvidence } from './evidence-sentence.js';
import { holdSentence, type SaidHold } from './hold-sentence.js';
import type { Speech } from './speech.js';

/** A line of the log as a person reads it. */
export interface SaidEvent {
  readonly text: string;
  /** False: an event of a newer service; `text` has its name. */
  readonly isKnown: boolean;
  /** Why a rule blocked, in a sentence. */
  readonly evidence: string | null;
  /** Addresses that it is about. Text of strangers. */
  readonly urls: readonly string[];
  /** The image that became part of the one that it is about. */
  readonly merged: string | null;
  /** Text of people. */
  readonly note: string | null;
}

const KEYS: Readonly<Record<string, TextKey>> = Object.fromEntries(
  (
    [
      'address.parted',
      'appeal.withdrawn',
      'addresses.bound',
      'appeal.withdrawn',
      'block.added',
      'block.removed',
      'case.escalated',
      'case.flagged',
      'case.held',
      'case.opened',
      'case.overdue',
      'case.resolved',
      'content.announced',
      'content.changed',
      'decision.made',
      'decision.undone',
      'image.appealed',
      'image.blocked',
      'image.merged',
      'image.reason-changed',
      'image.unblocked',
      'protection.lifted',
      'protection.set',
      'reporter.muted',
      'reporter.unmuted',
      'site.breaker',
      'snapshot.deleted',
      'snapshot.opened',
      'webhook.disabled',
    ] as const
  ).map((type) => [type, `event.${type}`] as const),
);

const BLOCKING: ReadonlySet<string> = new Set(['image.blocked', 'block.added', 'image.reason-changed']);

type Data = EventView['data'];

const word = (data: Data, name: string, otherwise = 'none'): string => {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
};
const yes = (data: Data, name: string): 'yes' | 'no' => (data[name] === true ? 'yes' : 'no');
const list = (data: Data, name: string): readonly unknown[] => {
  const value = data[name];
  return Array.isArray(value) ? (value as unknown[]) : [];
};

/** What a line of the log says, whatever the service that wrote it knew. */
export function eventSentence({ type, data, ruleVersion }: EventView, speech: Speech): SaidEvent {
  const { t, tOr } = speech;
  const key = Object.hasOwn(KEYS, type) ? KEYS[type] : undefined;
  const urls = list(data, 'urls').filter((url) => typeof url === 'string');
  const { note, merged } = data;
  const hold = data['hold'];
  const reason = word(data, 'reason', word(data, 'policy'));
  return {
    text:
      key === undefined
        ? t('timeline.unknown', { type })
        : t(key, {
            reason: tOr(`reason.${reason}`, reason),
            why: reason,
            source: word(data, 'source'),
            action: word(data, 'action'),
            policy: word(data, 'policy'),
            flag: word(data, 'flag').replaceAll('-', '_'),
            name: word(data, 'flag'),
            by: isHold(hold) ? hold.by : word(data, 'by'),
            held: yes(data, 'held'),
            blocks: word(data, 'blocksInHour'),
            limit: word(data, 'limit'),
            to: word(data, 'to'),
            again: yes(data, 'again'),
            severe: yes(data, 'severe'),
            announced: yes(data, 'announced'),
            stays: yes(data, 'staysBlocked'),
            count: urls.length > 0 ? urls.length : list(data, 'lifted').length,
          }),
    isKnown: key !== undefined,
    // What ends a block has it, too, of the block that ended: that would read as if it were blocked again.
    evidence: BLOCKING.has(type)
      ? evidenceIn(data['evidence'], ruleVersion ?? 0, speech)
      : isHold(hold)
        ? holdSentence(hold, speech)
        : null,
    urls,
    merged: typeof merged === 'string' ? merged : null,
    note: typeof note === 'string' && note !== '' ? note : null,
  };
}

/** Why a case is held, as the log froze it. */
const isHold = (hold: unknown): hold is SaidHold =>
  typeof hold === 'object' &&
  hold !== null &&
  'by' in hold &&
  (hold.by === 'signals' || hold.by === 'breaker');

/** The evidence of a block as the log froze it (docs/rules.md, rule 8). */
function evidenceIn(evidence: unknown, ruleVersion: number, speech: Speech): string | null {
  if (typeof evidence !== 'object' || evidence === null) return null;
  const { crossedBy, reporters, leftOut, ...more } = evidence as Partial<SaidEvidence>;
  if (typeof reporters !== 'number') return null;
  return evidenceSentence(
    { ...more, crossedBy: crossedBy ?? 'total', reporters, leftOut: leftOut ?? {}, ruleVersion },
    speech,
  );
}

/** Who caused it: a name, or what it was. */
export function actorOf(
  { actor, ruleVersion }: Pick<EventView, 'actor' | 'ruleVersion'>,
  { tOr }: Speech,
): string {
  if (actor.email !== undefined) return actor.email;
  return tOr(`actor.${actor.kind}`, actor.kind, { version: ruleVersion ?? 0 });
}
