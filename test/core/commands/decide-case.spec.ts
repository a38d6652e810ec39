import type { Decide } from '../../../src/core/command.js';
import {
  accepted,
  aBlock,
  aCase,
  aDecision,
  anImage,
  NOW,
  refusal,
  sources,
  types,
  votes,
  cast,
} from '../examples.js';

const blockedBy = (...from: Parameters<typeof aBlock>[0][]) =>
  anImage({
    blocks: from.map((source) => aBlock(source)),
    tally: { violence: 5 },
    case: aCase(),
    version: 1,
  });

const onImage: Partial<Decide> = { seen: null };
const block: Partial<Decide> = { action: 'block', policy: 'hate' };

describe('a block', () => {
  it('replaces what the rule and matches did by a block of its own', () => {
    const verdict = accepted(blockedBy('threshold', 'match'), aDecision(block));
    expect(verdict.next.blocks).toEqual([aBlock('moderator', { ref: 'dec-1', reason: 'hate', since: NOW })]);
    expect(verdict.next).toMatchObject({
      version: 2,
      round: 1,
      tally: { violence: 5 },
      reviewState: 'closed',
      case: { status: 'closed', outcome: 'block', version: 2, lease: null },
    });
    expect(types(verdict)).toEqual(['case.resolved', 'image.reason-changed']);
    expect(verdict.events[0]).toMatchObject({
      actor: { kind: 'staff', id: 'staff-1' },
      data: { action: 'block', policy: 'hate', round: 1 },
    });
  });

  it('for the reason that already shows is no new version, but tells that a person looked', () => {
    const verdict = accepted(blockedBy('threshold'), aDecision({ ...block, policy: 'violence' }));
    expect(verdict.next.version).toBe(1);
    expect(verdict.events).toMatchObject([{ type: 'case.resolved', visibility: { reviewed: true } }]);
  });

  it("leaves the publisher's block, whose reason goes on to show", () => {
    const verdict = accepted(blockedBy('publisher', 'threshold'), aDecision(block));
    expect(sources(verdict.next)).toEqual(['publisher', 'moderator']);
    expect(types(verdict)).toEqual(['case.resolved']);
  });

  it('shows "other" where no policy is named', () => {
    expect(accepted(blockedBy(), aDecision({ ...block, policy: null })).next.blocks).toMatchObject([
      { reason: 'other' },
    ]);
  });
});

describe('a keep', () => {
  it("lifts all but the publisher's block and ends the round", () => {
    const verdict = accepted(blockedBy('threshold', 'match'), aDecision());
    expect(verdict.next).toMatchObject({ blocks: [], round: 2, tally: {}, keptAt: NOW, version: 2 });
    expect(types(verdict)).toEqual(['case.resolved', 'image.unblocked']);
    expect(sources(accepted(blockedBy('moderator'), aDecision()).next)).toEqual([]);
  });

  it("under a publisher's block closes the case and leaves the image blocked", () => {
    const verdict = accepted(blockedBy('publisher', 'threshold'), aDecision());
    expect(sources(verdict.next)).toEqual(['publisher']);
    expect(verdict.next).toMatchObject({ reviewState: 'closed', version: 1 });
  });
});

describe('an escalation', () => {
  it('leaves the image as it is and hands the case, no longer held, to the leads', () => {
    const state = { ...blockedBy('threshold'), case: aCase({ held: true }) };
    const verdict = accepted(state, aDecision({ action: 'escalate' }));
    expect(verdict.next).toEqual({
      ...state,
      reviewState: 'escalated',
      case: aCase({ status: 'escalated', version: 2 }),
    });
    expect(types(verdict)).toEqual(['case.escalated']);
  });

  it('of an image without a case changes nothing', () => {
    const verdict = accepted(anImage(), aDecision({ ...onImage, action: 'escalate' }));
    expect(verdict).toMatchObject({ next: anImage(), events: [], delta: null });
  });
});

describe('a decision of staff on the image itself', () => {
  it('decides the case that waits', () => {
    const verdict = accepted(blockedBy('threshold'), aDecision({ ...onImage, ...block }));
    expect(types(verdict)).toEqual(['case.resolved', 'image.reason-changed']);
    expect(verdict.delta).toMatchObject({ caseStatus: 'open' });
  });

  it('stands alone where none waits', () => {
    const verdict = accepted(anImage(), aDecision({ ...onImage, ...block }));
    expect(types(verdict)).toEqual(['decision.made', 'image.blocked']);
    expect(verdict.delta).toMatchObject({ caseStatus: null, removed: [] });
    expect(verdict.next.case).toBeNull();
  });

  it.each([
    ['a block for the policy that stands', ['moderator'], { ...block, policy: 'violence' }],
    ['a keep of what only the publisher blocks', ['publisher'], { action: 'keep' }],
    ['a keep of what is visible', [], { action: 'keep' }],
  ] as const)('changes nothing when it says what is so: %s', (_, from, parts) => {
    const state = { ...blockedBy(...from), case: null };
    expect(accepted(state, aDecision({ ...onImage, ...parts }))).toMatchObject({
      next: state,
      events: [],
      delta: null,
    });
  });

  it.each([
    ['another policy', ['moderator'], block],
    ['a match besides', ['moderator', 'match'], { ...block, policy: 'violence' }],
    ['a match only', ['match'], { ...block, policy: 'violence' }],
    ['a keep', ['moderator'], { action: 'keep' }],
  ] as const)('is made when something else is so: %s', (_, from, parts) => {
    const state = { ...blockedBy(...from), case: null };
    expect(types(accepted(state, aDecision({ ...onImage, ...parts })))[0]).toBe('decision.made');
  });
});

describe('what a decision took away and added', () => {
  it('is kept for an undo', () => {
    const state = { ...blockedBy('publisher', 'threshold'), keptAt: 5 };
    const [, threshold] = state.blocks;
    const verdict = accepted(state, aDecision(block));
    expect(verdict.delta).toEqual({
      removed: [threshold],
      added: [verdict.next.blocks[1]],
      keptAt: 5,
      caseStatus: 'open',
      held: false,
    });
    expect(accepted(state, aDecision()).delta).toMatchObject({ added: [] });
  });
});

describe('two moderators can not both win (I8)', () => {
  const lease = { holder: 'staff-2', token: 'aa', live: true };
  const own = { ...lease, holder: 'staff-1' };
  const token = (leaseToken: string) => ({ seen: { caseId: 'case-1', version: 1, leaseToken } });
  const seeing = (version: number) => ({ seen: { caseId: 'case-1', version, leaseToken: null } });
  const other = { seen: { caseId: 'case-0', version: 1, leaseToken: null } };

  it.each([
    ['behaviour 32: the case is closed', aCase({ status: 'closed' }), {}, 'case-closed'],
    ['there is no case', null, {}, 'case-closed'],
    ['another case waits', aCase(), other, 'case-closed'],
    ['it was decided or undone meanwhile', aCase({ version: 2 }), {}, 'case-changed'],
    ['it was escalated meanwhile', aCase({ version: 2, status: 'escalated' }), {}, 'case-changed'],
    ['another holds it', aCase({ lease }), {}, 'case-leased'],
    ['behaviour 33: another took it meanwhile', aCase({ lease }), token('bb'), 'case-leased'],
    ['the lease is gone', aCase(), token('bb'), 'case-leased'],
    ["the token is another person's", aCase({ lease }), token('aa'), 'case-leased'],
    ['behaviour 34: another tab holds it', aCase({ lease: own }), token('bb'), 'case-leased'],
    ['it is for the leads', aCase({ status: 'escalated' }), {}, 'needs-lead'],
    ['it is for the leads, asked on the image', aCase({ status: 'escalated' }), onImage, 'needs-lead'],
    [
      'it is escalated already',
      aCase({ status: 'escalated' }),
      { action: 'escalate', lead: true },
      'case-escalated',
    ],
    ['it is severe, and one of many', aCase({ severe: true }), { bulk: true }, 'severe-in-bulk'],
  ] as const)('refused when %s', (_, moderationCase, parts, expected) => {
    expect(refusal(anImage({ case: moderationCase }), aDecision(parts))).toBe(expected);
  });

  it.each([
    ['nobody holds it', aCase(), {}],
    ["another's lease has run out", aCase({ lease: { ...lease, live: false } }), {}],
    ['one holds it oneself', aCase({ lease: own }), {}],
    ["the token is the lease's", aCase({ lease: own }), token('aa')],
    ["one's lease ran out and nobody took the case", aCase({ lease: { ...own, live: false } }), token('aa')],
    ['it is severe, and alone', aCase({ severe: true }), {}],
    ['it is one of many', aCase(), { bulk: true }],
    ['a lead decides what is escalated', aCase({ status: 'escalated' }), { lead: true }],
    ['the version is the one that was seen', aCase({ version: 4 }), seeing(4)],
    ['staff acts on the image, whoever holds its case', aCase({ lease }), onImage],
  ])('accepted when %s', (_, moderationCase, parts) => {
    expect(refusal(anImage({ case: moderationCase }), aDecision(parts))).toBeNull();
  });

  it('reports never raise the version, so that a hot case can be decided', () => {
    const hot = accepted(anImage({ case: aCase() }), cast(votes(50, 'hate'))).next;
    expect(hot.case?.version).toBe(1);
    expect(refusal(hot, aDecision())).toBeNull();
  });
});

describe('a decision on bytes that are others by now', () => {
  const second = { content: 2, case: aCase() };

  it.each([
    ['behaviour 18: is a conflict', second, aDecision({ contentVersion: 1 }), 'content-changed'],
    [
      'also on the image itself',
      { content: 2 },
      aDecision({ ...onImage, contentVersion: 1 }),
      'content-changed',
    ],
    ['is none where it is of these', second, aDecision({ contentVersion: 2 }), null],
    ['is none where it does not say', second, aDecision(), null],
    ['is none where nobody has looked', { case: aCase() }, aDecision({ contentVersion: 1 }), null],
    ['tells of the case first', { content: 2 }, aDecision({ contentVersion: 1 }), 'case-closed'],
    [
      'tells of another decision first',
      { content: 2, case: aCase({ version: 2 }) },
      aDecision({ contentVersion: 1 }),
      'case-changed',
    ],
  ])('%s', (_, parts, decision, expected) => {
    expect(refusal(anImage(parts), decision)).toBe(expected);
  });
});
