import { RULE } from '../../../src/core/commands/apply-rule.js';
import { decide } from '../../../src/core/decide.js';
import type { ImageState } from '../../../src/core/image-state.js';
import type { Tally } from '../../../src/core/tally.js';
import {
  A_HOLD,
  accepted,
  aBlock,
  aCase,
  aMerge,
  anImage,
  aRule,
  HOUR,
  liftedBy,
  NOW,
  queueClass,
  SITE,
  sources,
  types,
} from '../examples.js';

const merged = (state: ImageState, other: ImageState, tally: Tally = {}) =>
  accepted(state, aMerge(other, tally));
const visible = (version: number): ImageState => anImage({ version });
const blocked = (version: number, ...blocks: ImageState['blocks']): ImageState =>
  anImage({ version, blocks });

describe('an image that becomes part of another', () => {
  it('is named in the log', () => {
    const [line] = merged(anImage(), anImage()).events;
    expect(line).toMatchObject({ type: 'image.merged', data: { merged: 'image-2' } });
  });

  it('brings its votes, its later keep and its protection', () => {
    const state = anImage({ round: 3, keptAt: 10, tally: { hate: 1 } });
    const { next } = merged(state, anImage({ keptAt: 20, protected: true }), { hate: 2, spam: 1 });
    expect(next).toMatchObject({ round: 3, keptAt: 20, protected: true, tally: { hate: 2, spam: 1 } });
    expect(merged(anImage({ keptAt: 20 }), anImage({ keptAt: 10 })).next.keptAt).toBe(20);
    expect(merged(anImage(), anImage({ keptAt: 10 })).next.keptAt).toBe(10);
    expect(merged(anImage({ keptAt: 10 }), anImage()).next.keptAt).toBe(10);
  });

  it('brings its bytes where nobody has looked at those of this one', () => {
    const other = anImage({ content: 3, contentChangedAt: 20 });
    expect(merged(anImage(), other).next).toMatchObject({ content: 3, contentChangedAt: 20 });
    const own = anImage({ content: 1, contentChangedAt: 10 });
    expect(merged(own, other).next).toMatchObject({ content: 1, contentChangedAt: 10 });
  });

  it('has its bytes since before they were blocked on either, where they join the two', () => {
    const other = { ...blocked(1, aBlock('moderator', { since: 5 })), content: 3 };
    const own = anImage({ content: 1, contentChangedAt: 10 });
    expect(decide(own, aMerge(other), RULE, aRule(), NOW)).toMatchObject({ next: { contentChangedAt: 5 } });
    expect(merged(own, other).next.contentChangedAt).toBe(10);
  });

  it('does not let votes block that came before a block was lifted on either', () => {
    const lifted = (liftedAt: number | null): ImageState => anImage({ case: aCase({ liftedAt }) });
    const after = (own: number | null, other: number | null) =>
      merged(lifted(own), lifted(other)).next.case?.liftedAt;
    expect([after(null, null), after(5, null), after(null, 5), after(5, 9), after(9, 5)]).toEqual([
      null,
      5,
      5,
      9,
      9,
    ]);
  });

  it('behaviour 19: lets votes that were few on each cross together, once', () => {
    const few = anImage({ tally: { violence: 3 }, case: aCase() });
    const verdict = merged(few, few, { violence: 5 });
    expect(types(verdict)).toEqual(['image.merged', 'image.blocked']);
    expect(verdict.events).toMatchObject([{ actor: SITE }, { ruleVersion: 7 }]);
  });

  const publisher = aBlock('publisher');
  const threshold = aBlock('threshold');
  const moderator = aBlock('moderator', { ref: 'dec-1' });
  const second = aBlock('moderator', { ref: 'dec-2' });

  it.each([
    ["the other's", [], [publisher, moderator], ['publisher', 'moderator']],
    ['those of both', [publisher], [moderator], ['publisher', 'moderator']],
    ['two of moderators', [moderator], [second], ['moderator', 'moderator']],
    ["the publisher's once", [publisher], [publisher], ['publisher']],
    ["the rule's once", [aBlock('threshold', { ref: '0' })], [threshold], ['threshold']],
    ["no rule's beside a moderator's", [threshold], [moderator], ['moderator']],
    ["no rule's beside a moderator's, the other way round", [moderator], [threshold], ['moderator']],
  ])('has its blocks united with those that stand: %s', (_, ours, theirs, expected) => {
    const state = { ...blocked(1, ...ours), case: aCase() };
    expect(sources(merged(state, { ...blocked(1, ...theirs), case: aCase() }).next)).toEqual(expected);
  });

  it("has its rule's block counted for the round that goes on", () => {
    const state = anImage({ round: 4 });
    expect(merged(state, { ...blocked(1, threshold), case: aCase() }).next.blocks).toMatchObject([
      { ref: '4' },
    ]);
  });

  it('loses what machines did to the protection of either', () => {
    const state = { ...blocked(1, threshold, aBlock('match')), case: aCase() };
    const verdict = merged(state, anImage({ protected: true }));
    expect(verdict.next).toMatchObject({ blocks: [], version: 2 });
    expect(types(verdict)).toEqual(['image.merged', 'image.unblocked']);
    expect(liftedBy(verdict)).toEqual(['threshold', 'match']);
    const ofBoth = merged(blocked(1, threshold), { ...blocked(1, threshold), protected: true });
    expect(liftedBy(ofBoth)).toEqual(['threshold', 'threshold']);
  });

  it.each([
    ['this one', { protected: true }, {}],
    ['the other', {}, { protected: true }],
  ])('is held for nothing where %s is protected', (_, ofOwn, ofOther) => {
    const held = aCase({ held: true, hold: A_HOLD });
    for (const [own, others] of [
      [held, null],
      [null, held],
    ])
      expect(
        merged(anImage({ ...ofOwn, case: own ?? null }), anImage({ ...ofOther, case: others ?? null })).next
          .case,
      ).toMatchObject({ status: 'open', held: false, hold: A_HOLD });
  });

  it.each([
    ['a moderator', moderator, A_HOLD],
    ['the rule', threshold, null],
  ])('is held for nothing where %s has blocked the other', (_, block, hold) => {
    const waiting = anImage({ case: aCase({ held: true, hold: A_HOLD }) });
    const hidden = blocked(1, block);
    for (const { next } of [merged(waiting, hidden), merged(hidden, waiting)])
      expect(next.case).toMatchObject({ status: 'open', held: false, hold });
  });

  describe('where a person has kept one of the two', () => {
    const byReaders = (parts: Partial<ImageState> = {}): ImageState => ({
      ...blocked(1, threshold, aBlock('match')),
      case: aCase(),
      ...parts,
    });
    const kept = anImage({ keptAt: NOW - HOUR });
    const byBytes = (state: ImageState, other: ImageState, tally: Tally = {}) => {
      const verdict = decide(state, aMerge(other, tally), RULE, aRule(), NOW);
      if (!verdict.ok) throw new Error(verdict.refusal);
      return verdict;
    };

    it.each([
      ['the other', byReaders(), kept],
      ['this one', kept, byReaders()],
    ])('loses what machines did to the one that was not: kept was %s', (_, state, other) => {
      for (const verdict of [merged(state, other, { hate: 14 }), byBytes(state, other, { hate: 14 })]) {
        expect(verdict.next).toMatchObject({ blocks: [], case: { status: 'open' } });
        expect(liftedBy(verdict)).toEqual(['threshold', 'match']);
      }
      expect(types(merged(byReaders(), kept))).toEqual(['image.merged', 'image.unblocked']);
    });

    it('is blocked by as many as after any keep', () => {
      expect(byBytes(byReaders(), kept, { hate: 15 }).next.blocks).toMatchObject([
        { source: 'threshold', since: NOW, evidence: { needed: 15 } },
      ]);
    });

    const held = (parts: Partial<ImageState> = {}): ImageState =>
      anImage({ case: aCase({ held: true, hold: A_HOLD, priority: 119_000_000 }), ...parts });

    it.each([
      ['the other', held(), kept],
      ['this one', kept, held()],
    ])('is held for nothing, of too few for that: kept was %s', (_, state, other) => {
      const { next } = merged(state, other, { hate: 14 });
      expect(next.case).toMatchObject({ status: 'open', held: false, hold: A_HOLD });
      expect(queueClass(next)).toBe(1);
    });

    it('is held by as many as after any keep, from now on', () => {
      const full = { breaker: { left: 0, blocksInHour: 20, limit: 20 } };
      expect(accepted(held(), { ...aMerge(kept, { hate: 15 }), ...full }).next.case).toMatchObject({
        held: true,
        hold: { since: NOW, needed: 15 },
      });
    });

    it('stays held where the one was that was kept', () => {
      const again = held({ keptAt: NOW - 2 * HOUR });
      for (const { next } of [merged(again, kept), merged(kept, again), merged(again, anImage())])
        expect(next.case).toMatchObject({ held: true, hold: A_HOLD });
    });

    it('has the rule’s block on the one that was kept, which so many made', () => {
      const again = byReaders({ keptAt: NOW - 2 * HOUR });
      expect(sources(merged(again, kept).next)).toEqual(['threshold', 'match']);
      expect(sources(merged(kept, again).next)).toEqual(['threshold', 'match']);
      expect(sources(merged(again, anImage()).next)).toEqual(['threshold', 'match']);
      expect(liftedBy(merged(again, kept))).toEqual([]);
    });

    it('keeps every person’s block', () => {
      const state = blocked(1, publisher, moderator);
      expect(sources(merged(state, kept).next)).toEqual(['publisher', 'moderator']);
      expect(sources(merged(kept, state).next)).toEqual(['publisher', 'moderator']);
    });

    it('loses what is severe only where the very bytes were kept (rule 6)', () => {
      const severe = byReaders({ blocks: [aBlock('threshold', { reason: 'child_abuse' })] });
      expect(sources(merged(kept, severe, { child_abuse: 2 }).next)).toEqual(['threshold']);
      expect(byBytes(kept, severe, { child_abuse: 2 }).next).toMatchObject({
        blocks: [],
        case: { severe: true, status: 'open' },
      });
    });
  });

  it('began its blocked spell when the first of both began', () => {
    const early = { ...blocked(1, publisher), since: NOW - 9 * HOUR };
    expect(merged(blocked(1, moderator), early).next.since).toBe(NOW - 9 * HOUR);
    expect(merged(early, visible(0)).next.since).toBe(NOW - 9 * HOUR);
  });

  it('tells of a block by the rule that does not show', () => {
    const verdict = merged(blocked(1, publisher), anImage({ case: aCase() }), { hate: 5 });
    expect(types(verdict)).toEqual(['image.merged', 'case.opened', 'block.added']);
    const carried = merged(visible(0), { ...blocked(1, publisher), case: aCase() }, { hate: 5 });
    expect(types(carried)).toEqual(['image.merged', 'case.opened', 'block.added', 'image.blocked']);
  });
});

describe('the case of an image that becomes part of another', () => {
  const theirs = aCase({
    id: 'case-9',
    round: 6,
    status: 'escalated',
    flags: ['support-withdrawn'],
    version: 4,
    waitingSince: NOW - 5 * HOUR,
  });

  it('goes on as a new case of the image that lives on', () => {
    const verdict = merged(anImage({ round: 2 }), anImage({ case: theirs }), { spam: 2 });
    expect(verdict.next.case).toMatchObject({
      id: null,
      round: 2,
      status: 'escalated',
      flags: ['support-withdrawn'],
      version: 1,
      lease: null,
      openedAt: NOW,
      waitingSince: NOW - 5 * HOUR,
    });
    expect(verdict.next.reviewState).toBe('escalated');
    expect(types(verdict)).toEqual(['image.merged', 'case.opened']);
  });

  it.each([
    ['one that waits', aCase(), 'case-1'],
    ["this round's that is closed", aCase({ status: 'closed', outcome: 'block' }), 'case-1'],
    ["an older round's that is closed", aCase({ status: 'closed', round: 0 }), null],
  ])('meets a case of the image: %s', (_, ours, id) => {
    const state = { ...blocked(1, aBlock('moderator')), case: ours };
    expect(merged(state, anImage({ case: theirs })).next.case?.id).toBe(id);
  });

  it.each([
    ['one that waits', aCase(), true],
    ["this round's that is closed", aCase({ status: 'closed', outcome: 'block' }), false],
  ])('is as urgent as either was, and meets %s', (_, ours, severe) => {
    const state = { ...blocked(1, aBlock('moderator')), case: ours };
    expect(merged(state, anImage({ case: { ...theirs, severe: true } })).next.case?.severe).toBe(severe);
  });

  it('stays closed where it was closed', () => {
    const closed = aCase({ status: 'closed', outcome: 'keep' });
    expect(merged(anImage(), anImage({ case: closed })).next.case).toBeNull();
  });
});

describe('the version of an image that absorbed another', () => {
  const byPublisher = aBlock('publisher');
  it.each([
    ['neither was ever blocked', visible(0), visible(0), 0],
    ['both are visible', visible(2), visible(4), 4],
    ['both show the same', blocked(1, byPublisher), blocked(3, byPublisher), 3],
    ["this image's followers see the change", visible(4), blocked(1, byPublisher), 5],
    ["the other's followers see the change", blocked(1, byPublisher), visible(4), 5],
    [
      'both see a change',
      blocked(3, aBlock('match', { reason: 'spam' })),
      blocked(3, aBlock('match', { ref: '2', reason: 'hate' })),
      4,
    ],
  ])('is past whatever was seen of either: %s', (_, state, other, version) => {
    const verdict = merged(state, { ...other, protected: version === 4 && other.blocks.length > 0 });
    expect(verdict.next.version).toBe(version);
  });

  it.each([
    ['not when neither was ever blocked', visible(0), visible(0), false],
    ['although nothing changes', blocked(1, byPublisher), blocked(1, byPublisher), true],
    ['although both are visible', visible(1), visible(0), true],
  ])('is told to whoever follows the log: %s', (_, state, other, told) => {
    expect(merged(state, other).events.at(-1)?.visibility !== null).toBe(told);
  });
});
