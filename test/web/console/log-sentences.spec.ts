import type { EventView } from '../../../src/contract/events.js';
import type { EvidenceView } from '../../../src/contract/images.js';
import type { EventType } from '../../../src/core/verdict.js';
import { evidenceSentence } from '../../../src/web/console/ui/evidence-sentence.js';
import { actorOf, eventSentence } from '../../../src/web/console/ui/event-sentence.js';
import { speak, SPOKEN } from './speak.js';

const evidence: EvidenceView = {
  standing: true,
  at: '2026-11-26T10:40:00Z',
  firstReportAt: '2026-11-26T10:00:00Z',
  ruleVersion: 3,
  crossedBy: 'total',
  needed: 5,
  reporters: 5,
  reasons: { violence: 5 },
  leftOut: { network: 2 },
  weight: 5_000,
  setAside: 0,
  findings: [],
};

describe('evidence', () => {
  it.each([
    ['en', 'Blocked by the rule, version 3: 5 readers in 40 minutes; 2 more not counted: same network.'],
    [
      'fr',
      'Bloquée par la règle, version 3\u202f: 5 lecteurs en 40 minutes\u202f; 2 autres non comptés\u202f: même réseau.',
    ],
    ['ar', 'حجبتها القاعدة، الإصدار 3: 5 قراء في 40 دقيقة؛ 2 لم تُحتسب: الشبكة نفسها.'],
    ['es', 'Bloqueada por la regla, versión 3: 5 lectores en 40 minutos; 2 más sin contar: misma red.'],
  ] as const)('is a sentence in %s', (language, sentence) => {
    expect(evidenceSentence(evidence, speak(language))).toBe(sentence);
  });

  it.each([
    [{ firstReportAt: null }, 'Blocked by the rule, version 3: 5 readers.'],
    [{ firstReportAt: '2026-11-26T10:39:30Z' }, 'Blocked by the rule, version 3: 5 readers within a minute.'],
    [{ firstReportAt: '2026-11-26T05:00:00Z' }, 'Blocked by the rule, version 3: 5 readers in 6 hours.'],
    [{ firstReportAt: '2026-11-20T10:40:00Z' }, 'Blocked by the rule, version 3: 5 readers in 6 days.'],
    [
      { crossedBy: 'severe', reporters: 1, firstReportAt: null },
      'Blocked by the rule, version 3: 1 reader for the severe reason.',
    ],
    [
      { firstReportAt: null, leftOut: { network: 1, linked: 1, tomorrow: 4, 'wide-network': 0 } },
      'Blocked by the rule, version 3: 5 readers; 1 more not counted: same network; 1 more not counted: one person’s second report; 4 more not counted.',
    ],
  ])('tells %j', (other, sentence) => {
    expect(evidenceSentence({ ...evidence, leftOut: {}, ...other }, speak('en'))).toBe(sentence);
  });
});

const frozen = { crossedBy: 'total', needed: 3, reporters: 3, tally: { hate: 3 }, leftOut: {} };

/** Every type that the log has, with what it says of it. */
const EVENTS: Readonly<
  Record<EventType | 'webhook.disabled' | 'snapshot.opened' | 'snapshot.deleted', EventView['data']>
> = {
  'image.blocked': { version: 1, source: 'threshold', reason: 'hate', evidence: frozen },
  'image.unblocked': { version: 2, source: 'threshold', reason: 'hate' },
  'image.reason-changed': { version: 3, source: 'moderator', reason: 'violence' },
  'image.merged': { blocks: ['publisher'], merged: 'img_2' },
  'block.added': { source: 'publisher', reason: 'privacy' },
  'block.removed': { source: 'match' },
  'case.opened': { round: 1, again: false, severe: true },
  'case.escalated': { action: 'escalate', round: 1 },
  'case.resolved': { action: 'block', policy: 'hate', round: 1 },
  'case.flagged': { flag: 'support-withdrawn' },
  'case.held': { hold: { by: 'breaker', since: 0, needed: 5, reporters: 5, blocksInHour: 20, limit: 20 } },
  'case.overdue': { held: false, since: 0, lifted: [{ source: 'threshold', since: 0 }] },
  'decision.made': { action: 'keep', round: 1 },
  'decision.undone': { action: 'block' },
  'protection.set': { lifted: [{ source: 'threshold', since: 0 }] },
  'protection.lifted': {},
  'image.appealed': { note: 'Vérifiée.' },
  'appeal.withdrawn': {},
  'addresses.bound': { urls: ['https://cdn.example.ma/1.jpg', 'https://cdn.example.ma/2.jpg'], by: 'bytes' },
  'address.parted': { urls: ['https://cdn.example.ma/<b>.jpg'] },
  'content.changed': { from: 1, to: 2, announced: true, staysBlocked: true },
  'content.announced': { note: '<i>Cropped</i>' },
  'reporter.muted': { by: 'rule', until: '2026-12-26T10:00:00Z' },
  'reporter.unmuted': { by: 'staff' },
  'webhook.disabled': { endpoint: 'whe_1', reason: 'gone' },
  'site.breaker': { limit: 20, blocksInHour: 20, baseline: 0.4 },
  'snapshot.opened': { sha256: 'ab', file: 'preview' },
  'snapshot.deleted': { sha256: 'ab' },
};

const event = (type: string, data: EventView['data']): EventView => ({
  id: 'evt_1',
  type,
  at: '2026-11-26T10:00:00Z',
  actor: { kind: 'rule' },
  site: { id: 'sit_1', slug: 'nouvelles' },
  image: null,
  imageName: null,
  case: null,
  decision: null,
  ruleVersion: 2,
  data,
});

describe.each(SPOKEN)('the log in %s', (language) => {
  const speech = speak(language);

  it.each(Object.entries(EVENTS))('has a sentence for %s', (type, data) => {
    const said = eventSentence(event(type, data), speech);
    expect(said.isKnown).toBe(true);
    expect(said.text).not.toMatch(/[{}]|undefined|none|^$/);
  });

  it.each(Object.keys(EVENTS))('has one for %s that says nothing', (type) => {
    const { text } = eventSentence(event(type, {}), speech);
    expect(text).not.toMatch(/[{}]|undefined|^$/);
  });
});

describe('the log', () => {
  const { t, tOr } = speak('en');
  const said = (type: string, data: EventView['data'] = {}) => eventSentence(event(type, data), { t, tOr });

  it('names what it does not know', () => {
    expect(said('case.frozen')).toMatchObject({
      isKnown: false,
      text: 'Something this console does not know yet: case.frozen.',
    });
    expect(said('toString').isKnown).toBe(false);
  });

  it('says reasons in words, and why a rule blocked', () => {
    expect(said('image.blocked', EVENTS['image.blocked'])).toMatchObject({
      text: 'Blocked: readers no longer see it (Hate).',
      evidence: 'Blocked by the rule, version 2: 3 readers.',
    });
  });

  it('does not say why a block came where one ended', () => {
    for (const type of ['image.unblocked', 'block.removed', 'protection.set'])
      expect(said(type, { source: 'threshold', evidence: frozen }).evidence).toBeNull();
  });

  it('hands on addresses and notes as they are', () => {
    expect(said('address.parted', EVENTS['address.parted']).urls).toEqual(['https://cdn.example.ma/<b>.jpg']);
    expect(said('content.announced', EVENTS['content.announced']).note).toBe('<i>Cropped</i>');
  });

  it('hands on which image became part of another, where the line says it', () => {
    expect(said('image.merged', EVENTS['image.merged']).merged).toBe('img_2');
    expect(said('image.merged', { blocks: [] }).merged).toBeNull();
    expect(said('image.merged', { merged: 7 }).merged).toBeNull();
  });

  it('survives data of another shape', () => {
    expect(said('addresses.bound', { urls: 'x', by: {} }).urls).toEqual([]);
    expect(said('image.blocked', { evidence: { reporters: 'many' }, reason: ['x'] }).evidence).toBeNull();
  });

  it('says who', () => {
    const by = (actor: EventView['actor'], ruleVersion: number | null = null): string =>
      actorOf({ actor, ruleVersion }, { t, tOr });
    expect(by({ kind: 'staff', email: 'amina@example.ma' })).toBe('amina@example.ma');
    expect(by({ kind: 'rule' }, 3)).toBe('the rule, version 3');
    expect(by({ kind: 'rule' })).toBe('the rule');
    expect(by({ kind: 'robot' })).toBe('robot');
  });
});
