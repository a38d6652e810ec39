import type { MatchBlock, MatchRelease } from '../../../src/core/command.js';
import { accepted, aBlock, aCase, aDecision, anImage, anUndo, NOW, sources, types } from '../examples.js';

const follow = (parts: Partial<MatchBlock> = {}): MatchBlock => ({
  type: 'match-block',
  source: '17',
  reason: 'violence',
  ...parts,
});
const release = (source = '17'): MatchRelease => ({ type: 'match-release', source });
const match = aBlock('match', { ref: '17' });
const RULE = { kind: 'rule', id: null };

describe('an image of the same bytes as one that a person blocked', () => {
  it('is blocked, by the rule, for the reason that the person gave', () => {
    const verdict = accepted(anImage(), follow({ reason: 'hate' }));
    expect(verdict.next.blocks).toEqual([{ ...match, reason: 'hate', since: NOW }]);
    expect(verdict.next).toMatchObject({ version: 1, since: NOW, case: null, reviewState: 'none' });
    expect(verdict.events).toMatchObject([
      { type: 'image.blocked', actor: RULE, data: { source: 'match', reason: 'hate' } },
    ]);
  });

  it.each([
    ['the site vouches for it (rule 12)', anImage({ protected: true })],
    ['a person has kept these bytes (rule 10)', anImage({ keptAt: NOW - 1 })],
    ['it follows already', anImage({ blocks: [match], version: 1 })],
  ])('stays as it is where %s', (_, state) => {
    expect(accepted(state, follow()).next).toBe(state);
  });

  it('tells of a further block, which changes nothing that is seen', () => {
    const state = anImage({ blocks: [aBlock('threshold')], case: aCase(), version: 1 });
    const verdict = accepted(state, follow());
    expect(sources(verdict.next)).toEqual(['threshold', 'match']);
    expect(verdict.next.version).toBe(1);
    expect(verdict.events).toMatchObject([
      { type: 'block.added', actor: RULE, data: { source: 'match', reason: 'violence' }, visibility: null },
    ]);
  });

  it('follows a change of the reason', () => {
    const verdict = accepted(anImage({ blocks: [match], version: 1 }), follow({ reason: 'hate' }));
    expect(verdict.next.blocks).toEqual([{ ...match, reason: 'hate' }]);
    expect(types(verdict)).toEqual(['block.added', 'image.reason-changed']);
    expect(verdict.events[0]?.data).toMatchObject({ stood: true });
  });

  it('follows each of two, and says that it followed already', () => {
    const { next, events } = accepted(anImage({ blocks: [match], version: 1 }), follow({ source: '18' }));
    expect(next.blocks.map(({ ref }) => ref)).toEqual(['17', '18']);
    expect(events).toMatchObject([{ type: 'block.added', data: { source: 'match', stood: true } }]);
  });

  it('says nothing of the kind of the first', () => {
    const { events } = accepted(
      anImage({ blocks: [aBlock('threshold')], case: aCase(), version: 1 }),
      follow(),
    );
    expect(events[0]?.data).not.toHaveProperty('stood');
  });
});

describe('an image that followed one whose block no longer stands', () => {
  it('is released', () => {
    const verdict = accepted(anImage({ blocks: [match], version: 1 }), release());
    expect(verdict.next).toMatchObject({ blocks: [], version: 2, since: null });
    expect(types(verdict)).toEqual(['block.removed', 'image.unblocked']);
    expect(verdict.events[0]).toMatchObject({ actor: RULE, data: { source: 'match' }, visibility: null });
  });

  it('behaviour 40: stays blocked by what else blocks it', () => {
    const other = aBlock('match', { ref: '18' });
    for (const stays of [other, aBlock('moderator'), aBlock('publisher'), aBlock('threshold')]) {
      const state = anImage({ blocks: [match, stays], version: 1 });
      const verdict = accepted(state, release());
      expect(verdict.next.blocks).toEqual([stays]);
      expect(verdict.next.since).not.toBeNull();
    }
  });

  it('that did not follow it stays as it is', () => {
    const state = anImage({ blocks: [match], version: 1 });
    expect(accepted(state, release('18')).next).toBe(state);
  });
});

describe('the undo of a decision on an image that followed', () => {
  const block = aDecision({ action: 'block', policy: 'violence' });
  const state = anImage({ blocks: [match], case: aCase(), version: 1 });

  it('behaviour 40: brings the match back where its source still stands', () => {
    const decided = accepted(state, block);
    expect(sources(decided.next)).toEqual(['moderator']);
    expect(accepted(decided.next, anUndo(decided, block)).next.blocks).toEqual([match]);
  });

  it('does not where its source no longer stands', () => {
    const decided = accepted(state, block);
    expect(accepted(decided.next, anUndo(decided, block, { endedSources: ['17'] })).next.blocks).toEqual([]);
    expect(accepted(decided.next, anUndo(decided, block, { endedSources: ['18'] })).next.blocks).toEqual([
      match,
    ]);
  });
});
