import type { BlockView } from '../../../src/contract/image-history.js';
import { soughtIn, understand } from '../../../src/web/console/images/search.js';
import { effectOf, possible } from '../../../src/web/console/images/what-stays.js';
import { accountSentence } from '../../../src/web/console/log/account-sentence.js';
import { countNew } from '../../../src/web/console/log/count-new.js';
import { waitingCases } from '../../../src/web/console/ui/waiting-cases.js';
import type { AccountEventType } from '../../../src/database/statements/accounts/note-account-event.js';
import { speak, SPOKEN } from './speak.js';

describe('what somebody seeks', () => {
  it.each([
    ['https://cdn.example.ma/1.jpg', 'url', 'https://cdn.example.ma/1.jpg'],
    ['  HTTP://cdn.example.ma/a b"<script>.jpg ', 'url', 'HTTP://cdn.example.ma/a b"<script>.jpg'],
    ['//cdn.example.ma/1.jpg', 'url', 'https://cdn.example.ma/1.jpg'],
    ['cdn.example.ma/photos/1.jpg', 'url', 'https://cdn.example.ma/photos/1.jpg'],
    ['صور.example.ma/1.jpg', 'url', 'https://صور.example.ma/1.jpg'],
    ['img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r', 'image', 'img_0tJf0rT0cU6yXc1s3bDk2Q8m4n5p6q7r'],
    ['photo-1', 'id', 'photo-1'],
    ['photo.jpg', 'id', 'photo.jpg'],
    ['img_ 1', 'id', 'img_ 1'],
    ['javascript:alert(1)', 'id', 'javascript:alert(1)'],
  ])('%s is understood as %s', (text, by, value) => {
    expect(understand(text)).toEqual({ by, value });
  });

  it('may be nothing', () => {
    expect(understand('  ')).toBeNull();
    expect(soughtIn({ site: 'a' })).toBeNull();
    expect(soughtIn({ q: ' cdn.example.ma/1.jpg' })).toEqual({
      by: 'url',
      value: 'https://cdn.example.ma/1.jpg',
    });
    expect(soughtIn({ id: 'photo-1', url: '' })).toEqual({ by: 'id', value: 'photo-1' });
  });
});

describe('the cases that the log leads to', () => {
  const event = (type: string, id: string | null) => ({ type, case: id });

  it('are those that await somebody: closed ones are told of on the page of their image', () => {
    const events = [
      event('report.added', 'closed'),
      event('case.resolved', 'closed'),
      event('decision.undone', 'reopened'),
      event('image.unblocked', 'reopened'),
      event('case.resolved', 'reopened'),
      event('case.escalated', 'passed on'),
      event('reporter.muted', 'unknown'),
      event('case.opened', 'passed on'),
      event('case.opened', 'closed'),
      event('image.blocked', null),
    ];
    expect([...waitingCases(events)].sort()).toEqual(['passed on', 'reopened']);
  });
});

describe('what an action leaves', () => {
  const block = (source: string): BlockView => ({
    source,
    reason: 'hate',
    note: null,
    since: '2026-11-26T10:00:00Z',
    decision: null,
    match: null,
    evidence: null,
  });
  const all = ['publisher', 'moderator', 'threshold', 'match'].map(block);
  const sources = (blocks: readonly BlockView[]): string[] => blocks.map(({ source }) => source);

  it.each([
    ['unblock', ['publisher'], false],
    ['protect', ['publisher', 'moderator'], false],
    ['unprotect', ['publisher', 'moderator', 'threshold', 'match'], false],
    ['block', ['publisher'], false],
  ] as const)('%s: %j', (action, stays, isShownAfter) => {
    const effect = effectOf(action, all);
    expect(sources(effect.stays)).toEqual(stays);
    expect(effect.isShownAfter).toBe(isShownAfter);
  });

  it('is a shown image where nothing stays', () => {
    expect(effectOf('unblock', [block('moderator')]).isShownAfter).toBe(true);
    expect(effectOf('protect', [block('threshold')]).isShownAfter).toBe(true);
    expect(effectOf('block', []).isShownAfter).toBe(false);
  });

  it('is offered where it changes something', () => {
    expect(possible(null)).toEqual(['block', 'protect']);
    expect(possible({ blocks: [block('publisher')], protected: false })).toEqual(['block', 'protect']);
    expect(possible({ blocks: [block('match')], protected: true })).toEqual([
      'block',
      'unblock',
      'unprotect',
    ]);
  });
});

/** Every type that the accounts' log has, with what it says of it. */
const ACCOUNT_EVENTS: Readonly<Record<AccountEventType, Readonly<Record<string, unknown>>>> = {
  'signed-in': { browser: 'Firefox <b>', secondFactor: 'totp' },
  'sign-in-failed': { step: 'password', browser: 'curl', times: 32 },
  'password-right': { browser: 'curl', next: 'totp' },
  'signed-out': {},
  'session-ended': { sessions: 2 },
  'password-changed': { sessionsEnded: 2 },
  'second-factor-set': {},
  'second-factor-removed': {},
  'recovery-code-used': { left: 7 },
  'recovery-codes-made': {},
  'account-made': {},
  'account-closed': {},
  'account-opened': {},
  'link-made': { purpose: 'invitation', mailed: true },
  'link-used': { purpose: 'reset' },
  'admin-given': {},
  'admin-taken': {},
  'legal-given': {},
  'legal-taken': {},
  'member-added': { role: 'lead' },
  'member-changed': { role: 'moderator' },
  'member-removed': {},
  'token-made': { name: 'export' },
  'token-revoked': {},
  'key-made': { kind: 'secret', hint: 'x7Qe', name: 'back end' },
  'key-revoked': { kind: 'publishable', hint: 'a1B2', name: '' },
  'site-changed': { parts: ['origins', 'reasons'] },
};

describe('the accounts’ log', () => {
  const said = (type: string, data = {}, language: (typeof SPOKEN)[number] = 'en') =>
    accountSentence(
      {
        id: 'aev_1',
        type,
        at: '2026-11-26T10:00:00Z',
        staff: { id: 'stf_1', email: 'amina@example.ma' },
        site: { id: 'sit_1', slug: 'nouvelles' },
        by: { kind: 'operator' },
        data,
      },
      speak(language),
    );

  it.each(
    SPOKEN.flatMap((language) =>
      Object.entries(ACCOUNT_EVENTS).map((event) => [language, ...event] as const),
    ),
  )('has a sentence in %s for %s', (language, type, data) => {
    const { text } = said(type, data, language);
    expect(text).not.toMatch(/[{}]|undefined|none|^$/);
    expect(text).not.toContain(type);
  });

  it('says roles and sites in words, and hands on browsers as they are', () => {
    expect(said('member-added', { role: 'lead' }).text).toBe('Joined nouvelles as: Lead.');
    expect(said('signed-in', ACCOUNT_EVENTS['signed-in'])).toMatchObject({
      whose: 'amina@example.ma',
      who: 'the operator',
      browser: 'Firefox <b>',
    });
    expect(said('sign-in-failed', ACCOUNT_EVENTS['sign-in-failed']).text).toBe(
      'Signing in failed: wrong password (32 times within an hour).',
    );
    expect(said('site-changed', { parts: ['name', 'tomorrow'] }).text).toBe('Changed: name · tomorrow.');
    expect(said('frozen').text).toBe('Something this console does not know yet: frozen.');
  });
});

describe('what is new in a log', () => {
  const of = (...ids: string[]) => ids.map((id) => ({ id }));

  it.each([
    [of('3', '2'), of('5', '4', '3', '2'), { newCount: 2, isMany: false }],
    [of('3', '2'), of('3', '2'), { newCount: 0, isMany: false }],
    [of('3', '2'), of('9', '8'), { newCount: 2, isMany: true }],
    [of(), of('1'), { newCount: 1, isMany: false }],
    [of('3'), of(), { newCount: 0, isMany: false }],
    [undefined, of('1'), { newCount: 0, isMany: false }],
    [of('4', '3'), of('3'), { newCount: 0, isMany: false }],
  ])('is counted: %#', (shown, latest, counted) => {
    expect(countNew(shown, latest)).toEqual(counted);
  });
});
