import type { Command } from '../../../src/core/command.js';
import type { ImageState } from '../../../src/core/image-state.js';
import {
  accepted,
  aBlock,
  aCase,
  aDecision,
  aMerge,
  anImage,
  anUndo,
  aRule,
  cast,
  HOUR,
  NOW,
  queueClass,
  refusal,
  SITE,
  types,
  votes,
} from '../examples.js';

const APPEAL: Command = { type: 'appeal' };
const WITHDRAW: Command = { type: 'withdraw-appeal' };

const byRule = anImage({
  blocks: [aBlock('threshold')],
  case: aCase(),
  tally: { violence: 5 },
  version: 1,
});
const byModerator = anImage({
  blocks: [aBlock('moderator')],
  case: aCase({
    status: 'closed',
    outcome: 'block',
    openedAt: NOW - 240 * HOUR,
    waitingSince: NOW - 240 * HOUR,
  }),
  tally: { violence: 5 },
  version: 2,
});

describe('an appeal', () => {
  it('against a block of the rule flags and raises the case, and lifts nothing', () => {
    const verdict = accepted(byRule, APPEAL);
    expect(types(verdict)).toEqual(['image.appealed']);
    expect(verdict.events).toMatchObject([{ actor: SITE, visibility: null }]);
    expect(verdict.next).toEqual({
      ...byRule,
      case: { ...byRule.case, flags: ['appealed'], priority: verdict.next.case?.priority },
    });
    expect(queueClass(verdict.next)).toBe(4);
  });

  it('against a block of a moderator opens the closed case again, which waits from now on', () => {
    const verdict = accepted(byModerator, APPEAL);
    expect(types(verdict)).toEqual(['image.appealed', 'case.opened']);
    expect(verdict.events[1]).toMatchObject({
      actor: SITE,
      data: { round: 1, again: true, severe: false },
      visibility: null,
    });
    expect(verdict.next).toMatchObject({ blocks: byModerator.blocks, version: 2, reviewState: 'open' });
    expect(verdict.next.case).toMatchObject({
      id: 'case-1',
      status: 'open',
      outcome: null,
      version: 2,
      flags: ['appealed'],
      openedAt: NOW - 240 * HOUR,
      waitingSince: NOW,
    });
  });

  it.each([
    ['staff blocked it outside of a case', anImage({ blocks: [aBlock('moderator')] }), false],
    ['it follows another', anImage({ blocks: [aBlock('match')] }), false],
    [
      'staff blocked it for the severe reason',
      anImage({ blocks: [aBlock('moderator', { reason: 'child_abuse' })] }),
      true,
    ],
  ])('opens a first case where %s', (_, state, severe) => {
    const verdict = accepted(state, APPEAL);
    expect(types(verdict)).toEqual(['image.appealed', 'case.opened']);
    expect(verdict.events[1]).toMatchObject({ data: { again: false, severe } });
    expect(verdict.next.case).toMatchObject({
      id: null,
      round: 1,
      status: 'open',
      severe,
      flags: ['appealed'],
    });
  });

  it('is worth as much whenever it is made, and its withdrawal leaves what was', () => {
    const state = accepted(anImage(), cast(votes(8, 'violence'))).next;
    const later = NOW + 50 * HOUR;
    const { next } = accepted(state, APPEAL, aRule(), later);
    expect(next.case?.priority).toBe((state.case?.priority ?? NaN) + 30_000_000);
    expect(accepted(next, WITHDRAW, aRule(), later).next).toEqual(state);
  });

  it('stays with the leads where the case is', () => {
    const verdict = accepted({ ...byRule, case: aCase({ status: 'escalated' }) }, APPEAL);
    expect(verdict.next.case).toMatchObject({ status: 'escalated', flags: ['appealed'], version: 1 });
  });

  it.each<[string, ImageState, string]>([
    ['a visible image', anImage({ case: aCase() }), 'nothing-to-appeal'],
    ["the site's own block alone", anImage({ blocks: [aBlock('publisher')] }), 'own-block'],
  ])('against %s is refused', (_, state, why) => {
    expect(refusal(state, APPEAL)).toBe(why);
  });

  it('said again changes nothing', () => {
    const { next } = accepted(byRule, APPEAL);
    expect(accepted(next, APPEAL)).toMatchObject({ next, events: [] });
  });

  it('is kept by further votes', () => {
    const { next } = accepted(accepted(byRule, APPEAL).next, cast(votes(9, 'violence')));
    expect(next.case?.flags).toEqual(['appealed']);
    expect(queueClass(next)).toBe(4);
  });
});

describe('the end of an appeal', () => {
  const appealed = accepted(byRule, APPEAL).next;
  const reopened = accepted(byModerator, APPEAL).next;

  it.each(['keep', 'block'] as const)('is a decision: %s', (action) => {
    const decision = aDecision({ action, policy: action === 'block' ? 'violence' : null });
    const verdict = accepted(appealed, decision);
    expect(verdict.next.case).toMatchObject({ status: 'closed', flags: [] });
    expect(verdict.delta).toMatchObject({ appealed: true });
    const undone = accepted(verdict.next, anUndo(verdict, decision)).next;
    expect(undone.case).toMatchObject({ status: 'open', flags: ['appealed'] });
    expect(queueClass(undone)).toBe(4);
  });

  it('is not that it goes to the leads', () => {
    const verdict = accepted(appealed, aDecision({ action: 'escalate' }));
    expect(verdict.next.case).toMatchObject({ status: 'escalated', flags: ['appealed'] });
    expect(verdict.delta).not.toHaveProperty('appealed');
  });

  it('can be that a moderator says the same again, or lets the image go', () => {
    const seen = { caseId: 'case-1', version: 2, leaseToken: null };
    const again = accepted(reopened, aDecision({ action: 'block', policy: 'violence', seen }));
    expect(again.next).toMatchObject({ version: 2, reviewState: 'closed' });
    const kept = accepted(reopened, aDecision({ seen }));
    expect(types(kept)).toEqual(['case.resolved', 'image.unblocked']);
  });

  it('can be the word of the site; the case stays, at its usual place', () => {
    const verdict = accepted(appealed, WITHDRAW);
    expect(types(verdict)).toEqual(['appeal.withdrawn']);
    expect(verdict.next).toEqual({
      ...byRule,
      case: { ...byRule.case, priority: verdict.next.case?.priority },
    });
    expect(queueClass(verdict.next)).toBe(1);
    expect(accepted(reopened, WITHDRAW).next.case).toMatchObject({ status: 'open', flags: [] });
  });

  it.each([
    ['nobody appealed', byRule],
    ['the case is closed', byModerator],
    ['nothing ever was', anImage()],
  ])('taken back where %s changes nothing', (_, state) => {
    expect(accepted(state, WITHDRAW)).toMatchObject({ next: state, events: [] });
  });

  it('is no reason to hurry any more once what hid the image is lifted otherwise', () => {
    const lifted = accepted(appealed, { type: 'protect' }).next;
    expect(queueClass(lifted)).toBe(1);
    expect(queueClass(accepted(lifted, cast(votes(1, 'spam'))).next)).toBe(1);
  });

  it('is the end of the block that it followed; where it follows again, the case is as urgent as before', () => {
    const follow: Command = { type: 'match-block', source: '17', reason: 'violence' };
    const following = accepted(accepted(anImage({ case: aCase() }), follow).next, APPEAL).next;
    expect(queueClass(following)).toBe(3);
    const released = accepted(following, { type: 'match-release', source: '17' }).next;
    expect(released.case?.flags).toEqual(['appealed']);
    expect(queueClass(released)).toBe(0);
    expect(queueClass(accepted(released, follow).next)).toBe(3);
  });
});

describe('an appeal and what else may happen', () => {
  const appealed = accepted(byModerator, APPEAL).next;
  const bytes = (announced: boolean): Command => ({
    type: 'new-content',
    version: 2,
    announced,
    returning: null,
  });

  it('goes on with other bytes that are blocked, too, and not with others', () => {
    const state = { ...appealed, content: 1 };
    const swapped = accepted(state, bytes(false));
    expect(swapped.superseded).toMatchObject({ outcome: 'superseded', flags: [] });
    expect(swapped.next.case).toMatchObject({ flags: ['bytes-replaced', 'appealed'], waitingSince: NOW });
    expect(accepted(state, bytes(true)).next.case).toMatchObject({ flags: ['bytes-replaced'] });
  });

  it('like any case of old bytes, leaves to the new ones what their case has waited: no swap begins it anew', () => {
    const since = NOW - 50 * HOUR;
    const state = { ...byRule, content: 1, case: aCase({ openedAt: since, waitingSince: since }) };
    const swapped = accepted(state, bytes(true));
    expect(swapped.next.case).toMatchObject({ id: null, openedAt: NOW, waitingSince: since });
  });

  it('is asked of the image that this one becomes part of', () => {
    const other = { ...appealed, case: aCase({ id: 'case-2', flags: ['appealed'] }) };
    const absorb = aMerge(other);
    expect(accepted(anImage({ case: aCase() }), absorb).next.case).toMatchObject({
      id: 'case-1',
      flags: ['appealed'],
    });
    expect(accepted(anImage(), absorb).next.case).toMatchObject({ id: null, flags: ['appealed'] });
  });
});
