import type { CastVote } from '../../../src/core/command.js';
import { NEW_IMAGE } from '../../../src/core/image-state.js';
import {
  accepted,
  aBlock,
  aCase,
  anImage,
  aRule,
  cast,
  HOUR,
  NOW,
  queueClass,
  sources,
  types,
  votes,
} from '../examples.js';
import { heard, votesOf } from '../heard.js';

describe('votes', () => {
  it('behaviour 22: all that arrive at once cross once, with one block, one case and one event', () => {
    const verdict = accepted(NEW_IMAGE, cast(votes(50, 'violence')));
    expect(types(verdict)).toEqual(['case.opened', 'image.blocked']);
    expect(verdict.next.blocks).toEqual([
      aBlock('threshold', {
        since: NOW,
        evidence: {
          crossedBy: 'total',
          needed: 5,
          reporters: 50,
          weight: 50_000,
          tally: { violence: 50 },
          leftOut: {},
        },
      }),
    ]);
    expect(verdict.next.case).toMatchObject({ id: null, round: 1, status: 'open' });
    expect(queueClass(verdict.next)).toBe(1);
    expect(verdict.events).toMatchObject([
      {
        actor: { kind: 'rule' },
        ruleVersion: 7,
        data: { round: 1, again: false, severe: false },
        visibility: null,
      },
      { actor: { kind: 'rule' }, ruleVersion: 7, visibility: { blocked: true, reviewed: false } },
    ]);
  });

  it('behaviour 12: on an image that the rule blocked are counted with its open case', () => {
    const blocked = anImage({
      blocks: [aBlock('threshold')],
      case: aCase(),
      tally: { violence: 5 },
      version: 1,
    });
    const verdict = accepted(blocked, cast(votes(3, 'violence')));
    expect(types(verdict)).toEqual([]);
    expect(verdict.next).toEqual({
      ...blocked,
      tally: { violence: 8 },
      case: { ...blocked.case, priority: verdict.next.case?.priority },
    });
    expect(queueClass(verdict.next)).toBe(1);
  });

  it('behaviour 12: on an image that a moderator blocked stay with its closed case', () => {
    const decided = anImage({
      blocks: [aBlock('moderator')],
      case: aCase({ status: 'closed', outcome: 'block' }),
      version: 1,
    });
    const verdict = accepted(decided, cast(votes(9, 'violence')));
    expect(types(verdict)).toEqual([]);
    expect(verdict.next).toEqual({ ...decided, tally: { violence: 9 } });
  });

  it('on an image that staff blocked before anybody reported it open no case', () => {
    const verdict = accepted(anImage({ blocks: [aBlock('moderator')] }), cast(votes(9, 'child_abuse')));
    expect(types(verdict)).toEqual([]);
    expect(verdict.next.case).toBeNull();
  });

  it("cross under the publisher's block, too, with an event of their own", () => {
    const verdict = accepted(
      anImage({ blocks: [aBlock('publisher')], version: 1 }),
      cast(votes(5, 'violence')),
    );
    expect(sources(verdict.next)).toEqual(['publisher', 'threshold']);
    expect(types(verdict)).toEqual(['case.opened', 'block.added']);
    expect(verdict.events[1]).toMatchObject({
      data: { source: 'threshold', evidence: { reporters: 5 } },
      visibility: null,
    });
    expect(verdict.next.version).toBe(1);
  });

  it('behaviour 30: on a protected image only queue', () => {
    const verdict = accepted(anImage({ protected: true }), cast(votes(50, 'violence'), 1));
    expect(types(verdict)).toEqual(['case.opened']);
    expect(queueClass(verdict.next)).toBe(1);
    expect(sources(verdict.next)).toEqual([]);
  });

  it('only queue where the site has switched automatic blocks off', () => {
    const verdict = accepted(NEW_IMAGE, cast(votes(50, 'violence')), aRule({ autoBlock: false }));
    expect(types(verdict)).toEqual(['case.opened']);
  });

  it('change nothing when there are none', () => {
    const state = anImage({ tally: { violence: 9 } });
    expect(accepted(state, cast([]))).toMatchObject({ next: state, events: [] });
  });
});

describe('a case opens', () => {
  it.each([
    ['at the first vote by default', {}, aRule(), 1, true],
    ['not before as many as the site says', {}, aRule({ caseAt: 3 }), 2, false],
    ['at as many as the site says', {}, aRule({ caseAt: 3 }), 3, true],
    ['at a block, however many the site says', {}, aRule({ caseAt: 9 }), 5, true],
    ['after a keep not before K', { keptAt: NOW - HOUR }, aRule(), 4, false],
    ['after a keep at K', { keptAt: NOW - HOUR }, aRule(), 5, true],
    ['not beside one that waits', { case: aCase() }, aRule(), 5, false],
    ['not beside one of an older round that waits again', { case: aCase(), round: 2 }, aRule(), 5, false],
    [
      "beside an older round's that is closed",
      { case: aCase({ status: 'closed' }), round: 2 },
      aRule(),
      1,
      true,
    ],
  ])('%s', (_, state, rule, count, opened) => {
    const verdict = accepted(anImage(state), cast(votes(count, 'violence')), rule);
    expect(types(verdict).includes('case.opened')).toBe(opened);
  });
});

describe('behaviour 31: the severe reason', () => {
  const severe = (mayBlockAlone: boolean): CastVote => ({ from: null, to: ['child_abuse'], mayBlockAlone });

  it('blocks at one within its budgets, urgently, and says which vote spent them', () => {
    const verdict = accepted(NEW_IMAGE, cast([...votes(1, 'spam'), severe(true)], 1));
    expect(types(verdict)).toEqual(['case.opened', 'image.blocked']);
    expect(verdict.severeSpentBy).toBe(1);
    expect(verdict.next.case).toMatchObject({ severe: true });
    expect(queueClass(verdict.next)).toBe(101);
    expect(verdict.next.blocks).toMatchObject([
      { reason: 'child_abuse', evidence: { crossedBy: 'severe', needed: 1, reporters: 1 } },
    ]);
  });

  it.each([
    ["beyond the reporter's budget", false, 1],
    ["beyond the site's budget", true, 0],
  ])('%s one reader only opens an urgent case', (_, mayBlockAlone, budget) => {
    const verdict = accepted(NEW_IMAGE, cast([severe(mayBlockAlone)], budget), aRule({ caseAt: 3 }));
    expect(types(verdict)).toEqual(['case.opened']);
    expect(verdict.severeSpentBy).toBeNull();
    expect(verdict.next.case).toMatchObject({ severe: true });
    expect(queueClass(verdict.next)).toBe(100);
  });

  it('blocks at two beyond the budgets', () => {
    const first = accepted(NEW_IMAGE, cast([severe(false)])).next;
    const verdict = accepted(first, cast([severe(false)]));
    expect(verdict.next.blocks).toMatchObject([{ evidence: { crossedBy: 'severe', needed: 2 } }]);
  });

  it.each([
    ['two readers', anImage({ tally: { child_abuse: 1 } })],
    ['K readers', anImage({ tally: { violence: 4 } })],
  ])('spends no budget where %s block anyway', (_, state) => {
    const verdict = accepted(state, cast([severe(true)], 1));
    expect(sources(verdict.next)).toEqual(['threshold']);
    expect(verdict.severeSpentBy).toBeNull();
  });

  it('counts from when a vote first gives it, not when the vote is given another', () => {
    const tally = { child_abuse: 1 };
    const gains: CastVote = { from: ['violence'], to: ['child_abuse', 'violence'], mayBlockAlone: true };
    const had: CastVote = { from: ['child_abuse'], to: ['child_abuse', 'violence'], mayBlockAlone: true };
    const gone: CastVote = { from: ['child_abuse'], to: null, mayBlockAlone: true };
    expect(accepted(anImage({ tally: { violence: 1 } }), cast([gains], 1)).severeSpentBy).toBe(0);
    expect(sources(accepted(anImage({ tally }), cast([had], 1)).next)).toEqual([]);
    expect(sources(accepted(anImage({ tally }), cast([gone], 1)).next)).toEqual([]);
  });

  it('after a keep only reopens, until factor times K', () => {
    const kept = anImage({ round: 2, keptAt: NOW - HOUR });
    const few = accepted(kept, cast([severe(true), severe(true), severe(true)], 3));
    expect(types(few)).toEqual(['case.opened']);
    expect(few.next.case).toMatchObject({ severe: true });
    expect(few.events[0]).toMatchObject({ data: { again: true, severe: true } });
    expect(few.severeSpentBy).toBeNull();
    const many = accepted(kept, cast(votes(15, 'child_abuse')));
    expect(sources(many.next)).toEqual(['threshold']);
  });

  it('on a protected image only queues', () => {
    const verdict = accepted(anImage({ protected: true }), cast([severe(true)], 1));
    expect(types(verdict)).toEqual(['case.opened']);
    expect(verdict.severeSpentBy).toBeNull();
  });
});

describe('votes that are not counted', () => {
  const left = (severe = false) => ({ from: null, to: 'network', severe }) as const;

  it('are kept by cause, open a case and block nothing', () => {
    const four = anImage({ tally: { violence: 4 } });
    const verdict = accepted(four, cast([], 0, { uncounted: Array.from({ length: 9 }, () => left()) }));
    expect(types(verdict)).toEqual(['case.opened']);
    expect(verdict.next).toMatchObject({ tally: { violence: 4 }, leftOut: { network: 9 }, blocks: [] });
    expect(verdict.next.case).toMatchObject({ severe: false });
  });

  it('count for how many the site waits for, with those that do', () => {
    const waits = aRule({ caseAt: 3 });
    const state = anImage({ tally: { spam: 1 }, leftOut: { network: 1, linked: 5 } });
    expect(types(accepted(state, cast([], 0, { uncounted: [left()] }), waits))).toEqual(['case.opened']);
    expect(
      types(accepted(state, cast(votes(0, 'spam'), 0, { uncounted: [{ ...left(), to: 'linked' }] }), waits)),
    ).toEqual([]);
  });

  it('open an urgent case when they give the severe reason, also after a keep, and make an open one urgent', () => {
    const severe = cast([], 1, { uncounted: [left(true)] });
    const kept = anImage({ round: 2, keptAt: NOW - HOUR });
    for (const state of [NEW_IMAGE, kept, anImage({ case: aCase() })]) {
      const verdict = accepted(state, severe, aRule({ caseAt: 9 }));
      expect(verdict.next.case).toMatchObject({ severe: true });
      expect(queueClass(verdict.next)).toBe(100);
      expect(sources(verdict.next)).toEqual([]);
    }
  });

  it('are part of the evidence of a crossing', () => {
    const state = anImage({ leftOut: { network: 2 }, tally: { violence: 4 } });
    const verdict = accepted(state, cast(votes(1, 'violence'), 0, { uncounted: [left()] }));
    expect(verdict.next.blocks).toMatchObject([{ evidence: { reporters: 5, leftOut: { network: 3 } } }]);
  });
});

describe('votes from few networks', () => {
  it('move the case, and do not block', () => {
    const state = anImage({ tally: { violence: 4 } });
    const few = cast(votes(1, 'violence'), 0, {
      heard: heard(...votesOf({ 'violence@a/x': 3, 'violence@b/y': 2 })),
    });
    const verdict = accepted(state, few);
    expect(types(verdict)).toEqual(['case.opened']);
    expect(queueClass(verdict.next)).toBe(1);
    expect(verdict.next.tally).toEqual({ violence: 5 });
  });

  it('are told in no evidence', () => {
    const votesHeard = heard(...votesOf({ 'violence@a/x': 2, 'violence@b/y': 2, 'violence@c/z': 1 }));
    const verdict = accepted(NEW_IMAGE, cast(votes(5, 'violence'), 0, { heard: votesHeard }));
    expect(verdict.next.blocks).toMatchObject([{ evidence: { tally: { violence: 5 } } }]);
    expect(JSON.stringify(verdict)).not.toContain('@');
  });
});

describe('a device whose vote became its account’s', () => {
  const joined = {
    uncounted: [{ from: null, to: 'linked', severe: false }],
    linked: true,
  } as const;
  const change: CastVote[] = [
    { from: ['violence'], to: null, mayBlockAlone: false },
    { from: ['violence'], to: ['violence', 'hate'], mayBlockAlone: false },
  ];

  it('behaviour 4: flags the case once, and unblocks nothing', () => {
    const blocked = anImage({
      blocks: [aBlock('threshold')],
      tally: { violence: 5 },
      case: aCase(),
      version: 1,
    });
    const verdict = accepted(blocked, cast(change, 0, joined));
    expect(types(verdict)).toEqual(['case.flagged']);
    expect(verdict.events).toMatchObject([{ actor: { kind: 'reader' }, data: { flag: 'reporters-linked' } }]);
    expect(verdict.next).toMatchObject({
      blocks: blocked.blocks,
      version: 1,
      tally: { violence: 3, 'violence+hate': 1 },
      leftOut: { linked: 1 },
    });
    expect(types(accepted(verdict.next, cast(votes(1, 'hate'), 0, joined)))).toEqual([]);
  });

  it('flags a case that it opens, and none that is closed', () => {
    expect(types(accepted(NEW_IMAGE, cast(votes(1, 'hate'), 0, joined)))).toEqual([
      'case.opened',
      'case.flagged',
    ]);
    const decided = anImage({
      blocks: [aBlock('moderator')],
      case: aCase({ status: 'closed', outcome: 'block' }),
    });
    expect(types(accepted(decided, cast(change, 0, joined)))).toEqual([]);
  });
});
