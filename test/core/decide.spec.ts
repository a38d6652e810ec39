import type { Command } from '../../src/core/command.js';
import { NEW_IMAGE } from '../../src/core/image-state.js';
import {
  accepted,
  aCase,
  aDecision,
  anImage,
  anUndo,
  aRule,
  cast,
  HOUR,
  NOW,
  queueClass,
  sources,
  types,
  votes,
} from './examples.js';

/** The story of an image, told through the one door of the rules. */
describe('an image', () => {
  it('is blocked by the fifth reader, kept by a moderator, reopened by five more and blocked by fifteen', () => {
    const four = accepted(NEW_IMAGE, cast(votes(4, 'violence')));
    expect(types(four)).toEqual(['case.opened']);
    expect(sources(four.next)).toEqual([]);

    const fifth = accepted(four.next, cast(votes(1, 'violence')));
    expect(types(fifth)).toEqual(['image.blocked']);
    expect(fifth.next).toMatchObject({ version: 1, since: NOW, reviewState: 'open' });

    const stored = { ...fifth.next, case: { ...aCase(), ...fifth.next.case, id: 'case-1' } };
    const kept = accepted(stored, aDecision());
    expect(types(kept)).toEqual(['case.resolved', 'image.unblocked']);
    expect(kept.next).toMatchObject({ version: 2, round: 2, tally: {}, reviewState: 'closed' });

    // The next command finds the case of the new round, and there is none.
    const later = { ...kept.next, case: null };
    expect(types(accepted(later, cast(votes(4, 'violence'))))).toEqual([]);
    const reopened = accepted(later, cast(votes(5, 'violence')));
    expect(types(reopened)).toEqual(['case.opened']);
    expect(reopened.next.case).toMatchObject({ round: 2 });
    expect(queueClass(reopened.next)).toBe(1);
    expect(types(accepted(reopened.next, cast(votes(9, 'violence'))))).toEqual([]);
    expect(types(accepted(reopened.next, cast(votes(10, 'violence'))))).toEqual(['image.blocked']);
  });

  it('behaviour 24: kept, then reported again: the old votes are gone and the bar is higher until the cooldown ends', () => {
    const kept = anImage({ round: 2, keptAt: NOW });
    expect(sources(accepted(kept, cast(votes(14, 'hate'))).next)).toEqual([]);
    expect(sources(accepted(kept, cast(votes(15, 'hate'))).next)).toEqual(['threshold']);
    const afterwards = accepted(kept, cast(votes(5, 'hate')), aRule(), NOW + 168 * HOUR);
    expect(sources(afterwards.next)).toEqual(['threshold']);
  });

  it('behaviour 25: a lowered K blocks nothing by itself, a raised one unblocks nothing', () => {
    const four = accepted(NEW_IMAGE, cast(votes(4, 'hate'))).next;
    const lowered = aRule({ reporters: 3 });
    for (const command of [{ type: 'publisher-unblock' }, { type: 'unprotect' }, cast([])] as Command[]) {
      expect(accepted(four, command, lowered).next).toEqual(four);
    }
    const blocked = accepted(four, cast(votes(1, 'hate'))).next;
    const raised = accepted(blocked, cast(votes(1, 'hate')), aRule({ reporters: 50 }));
    expect(sources(raised.next)).toEqual(['threshold']);
    expect(types(raised)).toEqual([]);
  });

  it('behaviour 28a: keep, five votes, undo, keep: no old vote counts, no new vote is swallowed', () => {
    // K is higher after the keep than five votes reach, so that no new case stands in the way of the undo.
    const rule = aRule({ reporters: 6 });
    const old = anImage({ tally: { violence: 3 }, case: aCase() });
    const keep = aDecision();
    const kept = accepted(old, keep, rule);
    const five = accepted({ ...kept.next, case: null }, cast(votes(5, 'hate')), rule);
    expect(five.next.tally).toEqual({ hate: 5 });

    const undone = accepted({ ...five.next, case: kept.next.case }, anUndo(kept, keep), rule);
    expect(undone.next).toMatchObject({ round: 2, tally: { hate: 5 }, keptAt: null, reviewState: 'open' });
    expect(sources(undone.next)).toEqual([]);
    expect(sources(accepted(undone.next, cast(votes(1, 'hate')), rule).next)).toEqual(['threshold']);

    const version = undone.next.case?.version ?? 0;
    const again = aDecision({ decisionId: 'dec-2', seen: { caseId: 'case-1', version, leaseToken: null } });
    expect(accepted(undone.next, again, rule).next).toMatchObject({ round: 3, tally: {} });
  });
});
