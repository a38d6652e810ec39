import { Problem } from '../../../src/web/console/api.js';
import type { CaseDetail, CaseView } from '../../../src/contract/cases.js';
import { REASONS } from '../../../src/core/reasons.js';
import {
  addResults,
  NOTHING,
  placeOfFailed,
  whyFailed,
  whyNotUndone,
} from '../../../src/web/console/queue/bulk-outcome.js';
import { bulkPlan, chunks, commonPolicies, decisionsFor } from '../../../src/web/console/queue/bulk-plan.js';
import { filterOf, queryOf } from '../../../src/web/console/queue/filter.js';
import { append, isOwn, leave, leftBy, list, newOnes, retell } from '../../../src/web/console/queue/rows.js';
import { becameOf } from '../../../src/web/console/queue/look-again.js';
import {
  selectable,
  still,
  toggle,
  whyNot,
  withAll,
  without,
  withRange,
} from '../../../src/web/console/queue/selection.js';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const site = { id: 'sit_1', slug: 'nouvelles' };

const a = (id: string, other: Partial<CaseView> & { blocked?: boolean } = {}): CaseView => ({
  id,
  site,
  status: 'open',
  held: false,
  hold: null,
  severe: false,
  flags: [],
  version: 1,
  priority: 10,
  urgency: { expectedHarm: 1_980, viewsPerHour: null, reportsPerHour: 1 },
  round: 1,
  image: {
    id: `img_${id}`,
    ownId: null,
    url: `https://cdn.example.ma/${id}.jpg`,
    blocked: other.blocked === true,
    protected: false,
    snapshot: null,
    contentVersion: 1,
  },
  tally: { reporters: 2, notCounted: 0 },
  reasons: { violence: 2 },
  lease: null,
  openedAt: '2026-11-26T09:00:00Z',
  closedAt: null,
  outcome: null,
  ...other,
});

const heldBy = (id: string, email: string, until = NOW + 60_000): Pick<CaseView, 'lease'> => ({
  lease: { holder: { id, email }, expiresAt: new Date(until).toISOString() },
});

describe('the filter of the queue', () => {
  it.each([
    {},
    { status: 'held' },
    { status: 'escalated', reason: 'hate', order: 'oldest' },
    { status: 'closed' },
    { status: 'closed', order: 'priority' },
    { order: 'newest', reason: 'spam' },
  ])('comes back from the address that it makes: %j', (query) => {
    const named = Object.fromEntries(
      Object.entries(queryOf(filterOf(query, REASONS))).filter(([, value]) => value !== null),
    );
    expect(named).toEqual(query);
  });

  it('takes what it does not know as not named', () => {
    expect(filterOf({ status: 'lost', reason: '<b>', order: 'random' }, REASONS)).toEqual({
      status: 'open',
      reason: null,
      order: 'priority',
    });
  });

  it('shows what was decided last, of closed cases', () => {
    expect(filterOf({ status: 'closed' }, REASONS).order).toBe('newest');
  });
});

describe('rows', () => {
  const listed = list([a('1'), a('2'), a('3')]);
  const ids = ({ rows }: typeof listed): string[] => rows.map((row) => row.case.id);

  it('keep their places when the order is another, and are told anew', () => {
    const told = retell(listed, [a('3'), a('1', heldBy('stf_2', 'karim@example.ma')), a('2')]);
    expect(ids(told.listed)).toEqual(['1', '2', '3']);
    expect(told.listed.rows[0]?.case.lease?.holder.email).toBe('karim@example.ma');
    expect(told.missing).toEqual([]);
  });

  it('count what is new, and do not show it before somebody asks', () => {
    const told = retell(listed, [a('9'), a('1'), a('2'), a('3'), a('8')]).listed;
    expect(ids(told)).toEqual(['1', '2', '3']);
    expect(newOnes(told)).toBe(2);
  });

  it('stay in their places when they left, and come back when that was undone', () => {
    const { listed: told, missing } = retell(listed, [a('1'), a('3')]);
    expect(missing).toEqual(['2']);
    const left = leave(told, new Map([['2', { how: 'closed', outcome: 'block' }]]));
    expect(left.rows[1]).toMatchObject({ case: { id: '2' }, left: { outcome: 'block' } });
    expect(retell(left, [a('1'), a('3')]).missing).toEqual([]);
    expect(retell(left, [a('1'), a('2'), a('3')]).listed.rows[1]?.left).toBeNull();
  });

  it('are told as decided here, and not meanwhile, also where that is asked for later', () => {
    const own = new Map([['2', { how: 'closed', outcome: 'block', own: true } as const]]);
    const left = leave(leave(listed, own), new Map([['2', { how: 'closed', outcome: 'block' }]]));
    expect(left.rows.map((row) => isOwn(row.left))).toEqual([false, true, false]);
    expect(retell(left, [a('1'), a('2'), a('3')]).listed.rows[1]?.left).toBeNull();
  });

  it('of a further page come after them, each once', () => {
    expect(ids(append(listed, [a('3'), a('4')]))).toEqual(['1', '2', '3', '4']);
    expect(newOnes(append(listed, [a('4')]))).toBe(0);
  });

  it.each([
    [a('1', { status: 'closed', outcome: 'keep' }), 'open', { how: 'closed', outcome: 'keep' }],
    [a('1', { status: 'escalated' }), 'open', { how: 'escalated' }],
    [a('1'), 'escalated', { how: 'other' }],
    [a('1'), 'held', { how: 'other' }],
    [a('1'), 'open', null],
    [a('1', { held: true }), 'held', null],
  ])('say why they left', (one, status, left) => {
    expect(leftBy(one, status)).toEqual(left);
  });
});

describe('the selection', () => {
  const { rows } = leave(
    list([a('1'), a('2', { severe: true }), a('3'), a('4'), a('5')]),
    new Map([['4', { how: 'other' }]]),
  );

  it('has nothing severe, and nothing that left', () => {
    expect(rows.map(whyNot)).toEqual([null, 'severe', null, 'left', null]);
    expect(selectable(rows).map(({ id }) => id)).toEqual(['1', '3', '5']);
  });

  it('takes a range in either direction', () => {
    const five = new Map([['5', a('5')]]);
    expect([...withRange(new Map(), rows, '5', '1').keys()]).toEqual(['1', '3', '5']);
    expect([...withRange(five, rows, '1', '3').keys()].sort()).toEqual(['1', '3', '5']);
    expect([...withRange(five, rows, 'gone', '3').keys()]).toEqual(['5']);
  });

  it('loses what can no longer be selected', () => {
    const of = (...ids: string[]) =>
      withAll(
        new Map(),
        ids.map((id) => a(id)),
      );
    const kept = of('1', '5');
    expect(still(kept, rows)).toBe(kept);
    expect([...still(of('1', '2', '4', 'gone'), rows).keys()]).toEqual(['1']);
    expect([...toggle(toggle(new Map(), a('1')), a('1'))]).toEqual([]);
    expect([...without(of('1', '3'), ['3']).keys()]).toEqual(['1']);
  });

  it('keeps each case as it was when it was selected, whatever it became (behaviour 38)', () => {
    const selected = toggle(new Map(), a('1'));
    const told = retell(list([a('1'), a('2')]), [a('1', { version: 2 }), a('2')]).listed.rows;
    const all = withAll(still(selected, told), selectable(told));
    expect(all.get('1')?.version).toBe(1);
    expect(withRange(selected, told, '1', '2').get('1')?.version).toBe(1);
  });
});

describe('the plan of many decisions', () => {
  it('says how many are visible, and what is held by whom, whatever the time is here (behaviour 36)', () => {
    const cases = [
      a('1'),
      a('2', { blocked: true }),
      a('3', heldBy('stf_2', 'karim@example.ma')),
      a('4', heldBy('stf_2', 'karim@example.ma')),
      a('5', heldBy('stf_3', 'leila@example.ma', NOW - 3_600_000)),
      a('6', heldBy('stf_1', 'me@example.ma')),
      a('7', { flags: ['bytes-replaced'] }),
    ];
    expect(bulkPlan(cases, 'stf_1')).toEqual({
      cases: 7,
      visible: 3,
      hidden: 1,
      held: [
        { email: 'karim@example.ma', count: 2 },
        { email: 'leila@example.ma', count: 1 },
      ],
      heldCount: 3,
      flagged: 1,
      reports: 8,
    });
  });

  it('offers the policies that all sites have', () => {
    const sites = [
      { id: 'sit_1', reasons: ['violence', 'hate', 'spam'] },
      { id: 'sit_2', reasons: ['spam', 'violence'] },
    ];
    const other = a('2', { site: { id: 'sit_2', slug: 'akhbar' } });
    expect(commonPolicies([a('1')], sites)).toEqual(['violence', 'hate', 'spam']);
    expect(commonPolicies([a('1'), other], sites)).toEqual(['violence', 'spam']);
    expect(commonPolicies([], sites)).toEqual([]);
  });

  it('decides each case and its bytes as they were seen', () => {
    const unseen = a('2');
    const cases = [a('1', { version: 3 }), { ...unseen, image: { ...unseen.image, contentVersion: null } }];
    expect(decisionsFor(cases, { action: 'block', policy: 'hate', note: ' x ' })).toEqual([
      { case: '1', action: 'block', version: 3, policy: 'hate', note: 'x', contentVersion: 1 },
      { case: '2', action: 'block', version: 1, policy: 'hate', note: 'x' },
    ]);
    expect(decisionsFor([a('1')], { action: 'keep', policy: null, note: '' })).toEqual([
      { case: '1', action: 'keep', version: 1, contentVersion: 1 },
    ]);
  });

  it('asks in parts', () => {
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([])).toEqual([]);
  });
});

describe('the outcome of many decisions', () => {
  const problem = (other: object) => ({
    type: '',
    title: '',
    status: 409,
    detail: 'No.',
    instance: '',
    ...other,
  });
  const karim = { id: 'stf_2', email: 'karim@example.ma' };

  it.each([
    [
      { case: a('1', { status: 'closed', outcome: 'keep', version: 2 }), decidedBy: karim },
      { why: 'closed', who: karim.email, action: 'keep' },
    ],
    [
      { case: a('1', { status: 'closed', outcome: 'superseded' }) },
      { why: 'closed', who: null, action: 'superseded' },
    ],
    [
      { case: a('1', { version: 2 }), decidedBy: karim },
      { why: 'changed', who: karim.email },
    ],
    [{ case: a('1', { severe: true }) }, { why: 'severe' }],
    [
      { case: a('1'), holder: karim, expiresAt: '2026-11-26T10:05:00Z' },
      { why: 'leased', who: karim.email, until: '2026-11-26T10:05:00Z' },
    ],
    [{ case: { ...a('1'), image: { ...a('1').image, contentVersion: 2 } } }, { why: 'replaced' }],
    [{ case: a('1') }, { why: 'other', problem: expect.objectContaining({ message: 'No.' }) as unknown }],
    [{}, { why: 'other', problem: expect.objectContaining({ status: 409, message: 'No.' }) as unknown }],
  ])('explains a refusal: %#', (extra, reason) => {
    expect(whyFailed(a('1'), problem(extra), 409)).toEqual(reason);
  });

  it('explains what is with the leads, gone, or can not be undone', () => {
    expect(whyFailed(a('1'), problem({}), 403)).toEqual({ why: 'escalated' });
    expect(whyFailed(a('1'), undefined, 404)).toEqual({ why: 'gone' });
    const [newer, unanswered, notYours] = [409, 0, 403].map((status) => new Problem({ status })) as [
      Problem,
      Problem,
      Problem,
    ];
    expect(whyNotUndone(newer)).toEqual({ why: 'newer' });
    expect(whyNotUndone(unanswered)).toEqual({ why: 'unanswered' });
    expect(whyNotUndone(notYours)).toEqual({ why: 'other', problem: notYours });
  });

  it.each([
    [{ why: 'newer' }, 'image'],
    [{ why: 'gone' }, 'image'],
    [{ why: 'escalated' }, 'image'],
    [{ why: 'closed', who: null, action: 'keep' }, 'image'],
    [{ why: 'changed', who: null }, 'case'],
    [{ why: 'replaced' }, 'case'],
    [{ why: 'unanswered' }, 'case'],
  ] as const)('leads to where one sees why: %j to the %s', (reason, place) => {
    const failed = { case: a('1'), reason };
    const { id, image } = failed.case;
    expect(placeOfFailed(failed)).toBe(
      place === 'image' ? `/console/images/${image.id}` : `/console/review/${id}`,
    );
  });

  it('adds up over requests, and says of one without a result that it is unknown', () => {
    const decision = { id: 'dec_1' } as never;
    const first = addResults(
      NOTHING,
      [a('1'), a('2')],
      [
        { case: '1', status: 201, decision },
        { case: '2', status: 404 },
      ],
    );
    const { done, failed } = addResults(first, [a('3')], []);
    expect(done.map(({ case: { id } }) => id)).toEqual(['1']);
    expect(failed.map(({ case: { id }, reason: { why } }) => [id, why])).toEqual([
      ['2', 'gone'],
      ['3', 'unanswered'],
    ]);
  });

  it('says what became of a decision that nobody answered, by the case as it is now', () => {
    const me = { kind: 'staff', id: 'stf_1', email: 'me@example.ma' };
    const event = (actor: object, at: string, decision: string | null = 'dec_1') => ({ actor, at, decision });
    const now = (other: Partial<CaseView>, ...timeline: object[]) =>
      ({ ...a('1', other), timeline }) as unknown as CaseDetail;
    const by = (case_: CaseDetail) => becameOf(a('1'), case_, 'block', 'stf_1');
    const blocked = { status: 'closed', outcome: 'block', version: 2 } as const;
    const early = '2026-11-26T09:00:00Z';
    const late = '2026-11-26T10:00:00Z';
    expect(by(now({}, event(me, early, null)))).toEqual({ reason: { why: 'undecided' } });
    expect(by(now(blocked, event(karim, early), event(me, late, 'dec_2')))).toEqual({ decision: 'dec_2' });
    expect(by(now(blocked, event(me, early), event(karim, late)))).toEqual({
      reason: { why: 'closed', who: karim.email, action: 'block' },
    });
    expect(by(now({ version: 2 }))).toEqual({ reason: { why: 'changed', who: null } });
  });
});
