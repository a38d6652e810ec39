import type { CaseReport } from '../../../src/contract/case-reports.js';
import { urgencyOf } from '../../../src/core/urgency.js';
import { likeliestPolicy } from '../../../src/web/console/review/choice.js';
import { isWebAddress, pagesOf } from '../../../src/web/console/review/pages-said.js';
import { urgencyLevel } from '../../../src/web/console/review/urgency-level.js';
import { visible } from '../../../src/web/console/ui/visible-controls.js';

const report = (reader: string, ...pages: { url: string; title: string | null }[]): CaseReport => ({
  reader,
  kind: 'device',
  reasons: ['violence'],
  counted: true,
  leftOut: null,
  forgotten: false,
  withdrawn: false,
  weight: 1,
  muted: false,
  round: 1,
  at: '2026-11-26T06:00:00Z',
  notes: pages.map((page) => ({
    reason: 'violence',
    comment: null,
    page,
    claimedUrl: null,
    at: '2026-11-26T06:00:00Z',
  })),
});

it('lists each page once, the one that most readers name first, with a title if anybody gave one', () => {
  const [a, b] = ['https://www.example.ma/a', 'https://www.example.ma/b'];
  const reports = [
    report('reader 1', { url: a, title: null }, { url: a, title: null }),
    report('reader 2', { url: b, title: null }),
    report('reader 3', { url: b, title: 'Souk' }),
  ];
  expect(pagesOf(reports)).toEqual([
    { url: b, title: 'Souk', readers: 2 },
    { url: a, title: null, readers: 1 },
  ]);
});

it.each([
  ['https://www.example.ma/a', true],
  ['http://www.example.ma/a', true],
  ['javascript:alert(1)', false],
  [' java\nscript:alert(1)', false],
  ['data:text/html,<script>', false],
  ['/console/account', false],
  ['', false],
])('opens %j: %j', (address, opens) => {
  expect(isWebAddress(address)).toBe(opens);
});

it('shows what turns text around, and leaves Arabic as it is', () => {
  expect(visible('a\u202eb\u202c\u2067c\u2069')).toBe('a\ufffdb\ufffd\ufffdc\ufffd');
  expect(visible('صورة قديمة\u200f!')).toBe('صورة قديمة\u200f!');
});

it('offers what most readers said, of what the site has as a policy; the severe one first', () => {
  const policies = ['child_abuse', 'violence', 'hate'];
  const given = { reasons: { other: 4, hate: 2, violence: 1, child_abuse: 1 }, severe: false };
  expect(likeliestPolicy(given, policies)).toBe('hate');
  expect(likeliestPolicy({ ...given, severe: true }, policies)).toBe('child_abuse');
  expect(likeliestPolicy({ reasons: {}, severe: false }, policies)).toBeUndefined();
});

it.each([
  ['low', { reason: 'spam', reporters: 1, hours: 28 }],
  ['moderate', { reason: 'violence', reporters: 1, hours: 1 }],
  ['high', { reason: 'violence', reporters: 3, hours: 1 }],
  ['very high', { reason: 'violence', reporters: 5, hours: 1 }],
  ['very high', { reason: 'child_abuse', reporters: 1, hours: 0 }],
] as const)('says in a word how urgent it is: %s', (level, facts) => {
  expect(urgencyLevel(urgencyOf({ ...facts, viewsPerHour: null }).expectedHarm)).toBe(level);
});
