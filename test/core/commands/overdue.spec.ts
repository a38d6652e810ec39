import { decide } from '../../../src/core/decide.js';
import type { Overdue } from '../../../src/core/command.js';
import type { Verdict } from '../../../src/core/verdict.js';
import type { ImageState } from '../../../src/core/image-state.js';
import { DEFAULT_THRESHOLD_RULE, type VersionedRule } from '../../../src/core/threshold-rule.js';
import { A_HOLD, aBlock, aCase, anImage, HOUR, NOW } from '../examples.js';

const RULE = { kind: 'rule', id: null } as const;
const SINCE = NOW - 24 * HOUR;
const ruled = (onOverdue: 'stay' | 'unblock'): VersionedRule => ({
  version: 9,
  rule: { ...DEFAULT_THRESHOLD_RULE, onOverdue },
});

const blocked = (parts: Partial<ImageState> = {}): ImageState =>
  anImage({
    blocks: [aBlock('threshold', { since: SINCE })],
    tally: { violence: 5 },
    version: 1,
    since: SINCE,
    reviewState: 'open',
    case: aCase({ priority: 1020 }),
    ...parts,
  });
const held = anImage({
  reviewState: 'open',
  tally: { violence: 5 },
  case: aCase({ held: true, hold: A_HOLD }),
});

const block: Overdue = { type: 'overdue', cause: 'block', since: SINCE, mayLift: true };
const ofHold: Overdue = { type: 'overdue', cause: 'hold', since: A_HOLD.since, mayLift: false };

function look(
  state: ImageState,
  command: Overdue,
  onOverdue: 'stay' | 'unblock' = 'stay',
): Extract<Verdict, { ok: true }> {
  const verdict = decide(state, command, RULE, ruled(onOverdue), NOW);
  if (!verdict.ok) throw new Error(verdict.refusal);
  return verdict;
}

describe('a block by the rule that nobody reviewed in time', () => {
  it('is told, and stays', () => {
    const { next, events } = look(blocked(), block);
    expect(events).toEqual([
      {
        type: 'case.overdue',
        actor: RULE,
        ruleVersion: 9,
        data: { held: false, since: SINCE, lifted: [] },
        visibility: null,
      },
    ]);
    expect(next).toEqual({
      ...blocked(),
      case: { ...blocked().case, priority: next.case?.priority, overdueFor: SINCE },
    });
  });

  it('is told once, however often somebody looks', () => {
    const { next } = look(blocked(), block);
    expect(look(next, block)).toMatchObject({ next, events: [] });
  });

  it('is lifted where the rule says so, and its case stays open', () => {
    const { next, events } = look(blocked(), block, 'unblock');
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['case.overdue', { held: false, since: SINCE, lifted: [{ source: 'threshold', since: SINCE }] }],
      [
        'image.unblocked',
        { version: 2, source: 'threshold', reason: 'violence', evidence: expect.anything() as object },
      ],
    ]);
    expect(next).toMatchObject({ blocks: [], version: 2, since: null, reviewState: 'open' });
    // A moderator who has it open may still decide what they saw.
    expect(next.case).toMatchObject({ status: 'open', version: 1, liftedAt: NOW, overdueFor: SINCE });
  });

  it('keeps its place in the queue when it is lifted, also once fewer votes count', () => {
    const { next } = look(blocked(), block, 'unblock');
    expect(next.case?.priority).toBeGreaterThanOrEqual(1000);
    const withdrawn = decide(
      { ...next, tally: { violence: 1 } },
      { type: 'withdraw-vote', vote: { from: ['violence'], to: null }, leftOut: null, round: 1, castAt: NOW },
      { kind: 'reader', id: null },
      ruled('unblock'),
      NOW,
    );
    expect(withdrawn.ok && withdrawn.next.case?.priority).toBeGreaterThanOrEqual(1000);
  });

  it.each([
    { name: 'the rule that set it did not say so', command: { ...block, mayLift: false }, state: blocked() },
    {
      name: 'it is for the severe reason',
      command: block,
      state: blocked({ blocks: [aBlock('threshold', { since: SINCE, reason: 'child_abuse' })] }),
    },
    {
      name: 'somebody gave the severe reason since',
      command: block,
      state: blocked({ case: aCase({ severe: true }) }),
    },
  ])('stays, and is told, where $name', ({ command, state }) => {
    const { next, events } = look(state, command, 'unblock');
    expect(next.blocks).toEqual(state.blocks);
    expect(events.map(({ type }) => type)).toEqual(['case.overdue']);
  });

  it('leaves what else blocks the image', () => {
    const publisher = aBlock('publisher');
    const { next, events } = look(
      blocked({ blocks: [publisher, aBlock('threshold', { since: SINCE })] }),
      block,
      'unblock',
    );
    expect(next.blocks).toEqual([publisher]);
    expect(next.version).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(['case.overdue']);
  });

  it('is told to the leads, too, when it waits with them', () => {
    const { events } = look(blocked({ case: aCase({ status: 'escalated' }) }), block);
    expect(events).toHaveLength(1);
  });

  it.each([
    { name: 'it was decided', state: blocked({ case: aCase({ status: 'closed', outcome: 'block' }) }) },
    { name: 'it was lifted meanwhile', state: blocked({ blocks: [] }) },
    { name: 'another one stands by now', state: blocked({ blocks: [aBlock('threshold', { since: NOW })] }) },
    { name: 'there is no case', state: blocked({ case: null }) },
  ])('is no matter any more where $name', ({ state }) => {
    expect(look(state, block, 'unblock')).toMatchObject({ next: state, events: [] });
  });
});

describe('a hold that nobody reviewed in time', () => {
  it('is told, with why it is held', () => {
    const { next, events } = look(held, ofHold);
    expect(events).toEqual([
      {
        type: 'case.overdue',
        actor: RULE,
        ruleVersion: 9,
        data: { held: true, by: 'breaker', since: A_HOLD.since },
        visibility: null,
      },
    ]);
    expect(next.case).toMatchObject({ held: true, overdueFor: A_HOLD.since, liftedAt: null });
    expect(look(next, ofHold)).toMatchObject({ next, events: [] });
  });

  it('is no matter any more once the image was blocked, the case decided, or another hold began', () => {
    const after: ImageState[] = [
      { ...held, case: aCase({ held: false, hold: null }) },
      { ...held, case: aCase({ status: 'closed', outcome: 'keep', hold: A_HOLD }) },
      { ...held, case: aCase({ held: true, hold: { ...A_HOLD, since: NOW } }) },
      { ...held, case: aCase({ status: 'escalated', held: false, hold: A_HOLD }) },
    ];
    for (const state of after) expect(look(state, ofHold)).toMatchObject({ next: state, events: [] });
  });
});
