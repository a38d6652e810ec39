import type { LeftContent, NewContent } from '../../../src/core/command.js';
import { humanWord } from '../../../src/core/human-word.js';
import type { ImageState } from '../../../src/core/image-state.js';
import { accepted, aBlock, aCase, anImage, HOUR, NOW, SITE, sources, types } from '../examples.js';

const DAY = 24 * HOUR;
const found = (parts: Partial<NewContent> = {}): NewContent => ({
  type: 'new-content',
  version: 2,
  announced: false,
  returning: null,
  ...parts,
});
const left = (parts: Partial<LeftContent> = {}): LeftContent => ({
  blocks: [],
  keptAt: null,
  judged: false,
  ...parts,
});
/** An image whose first bytes are known. */
const known = (parts: Partial<ImageState> = {}): ImageState => anImage({ content: 1, ...parts });
const threshold = aBlock('threshold');
const moderator = aBlock('moderator', { ref: 'dec-1' });
const match = aBlock('match', { ref: '17' });
const publisher = aBlock('publisher');
const byTheRule = known({
  blocks: [threshold],
  tally: { violence: 5 },
  leftOut: { network: 2 },
  case: aCase({ version: 3 }),
  version: 1,
});

describe('a look at the bytes', () => {
  it('that is the first is only noted', () => {
    const { next, events } = accepted(anImage({ tally: { hate: 1 } }), found({ version: 1 }));
    expect(next).toMatchObject({ content: 1, contentChangedAt: null, round: 1, tally: { hate: 1 } });
    expect(events).toEqual([]);
  });

  it('that finds those of before changes nothing', () => {
    expect(accepted(byTheRule, found({ version: 1 })).next).toBe(byTheRule);
  });
});

describe('other bytes', () => {
  it('behaviour 17: of an image that a rule blocked start a new round, visible, with a case', () => {
    const verdict = accepted(byTheRule, found());
    expect(verdict.next).toMatchObject({
      blocks: [],
      round: 2,
      tally: {},
      leftOut: {},
      keptAt: null,
      content: 2,
      contentChangedAt: NOW,
      version: 2,
      since: null,
      reviewState: 'open',
      case: { id: null, round: 2, status: 'open', flags: ['bytes-replaced'], severe: false },
    });
    expect(types(verdict)).toEqual(['content.changed', 'case.resolved', 'case.opened', 'image.unblocked']);
    expect(verdict.events).toMatchObject([
      { data: { from: 1, to: 2, announced: false, staysBlocked: false }, actor: SITE },
      { data: { action: 'superseded', round: 1 }, caseId: 'case-1' },
      { data: { round: 2 }, ruleVersion: 7 },
      { visibility: { blocked: false, version: 2 } },
    ]);
  });

  it('close the case of the old ones as superseded', () => {
    expect(accepted(byTheRule, found()).superseded).toMatchObject({
      id: 'case-1',
      status: 'closed',
      outcome: 'superseded',
      version: 4,
      held: false,
      lease: null,
    });
    expect(accepted(known({ case: aCase({ status: 'closed' }) }), found()).superseded).toBeUndefined();
  });

  it('of an image that nobody minded need no case', () => {
    const verdict = accepted(known({ version: 4, tally: {} }), found());
    expect(verdict.next).toMatchObject({ round: 2, case: null, reviewState: 'none', version: 4 });
    expect(types(verdict)).toEqual(['content.changed']);
    const decided = known({ reviewState: 'closed', case: aCase({ status: 'closed', outcome: 'keep' }) });
    expect(accepted(decided, found()).next).toMatchObject({ case: null, reviewState: 'closed' });
  });

  it.each([
    ["the rule's goes", [threshold], []],
    ["a match's goes", [match], []],
    ["the publisher's is the image's own", [publisher, threshold], ['publisher']],
    ["a moderator's is not escaped by swapping (behaviour 17)", [moderator], ['moderator']],
    ['nor what stands beside it', [publisher, moderator, match], ['publisher', 'moderator', 'match']],
  ])('of what blocked the old ones: %s', (_, blocks, expected) => {
    const verdict = accepted(known({ blocks, version: 1 }), found());
    expect(sources(verdict.next)).toEqual(expected);
    // Whoever would have looked at the old bytes is asked to look at these.
    expect(verdict.next.case).toMatchObject({ round: 2, flags: ['bytes-replaced'] });
  });

  it("under the publisher's block alone need no case: it is the site's own affair", () => {
    expect(accepted(known({ blocks: [publisher], version: 1 }), found()).next.case).toBeNull();
  });

  it('that the site announced free what a moderator blocked, and a person is asked to look', () => {
    const { next } = accepted(known({ blocks: [moderator], version: 1 }), found({ announced: true }));
    expect(next).toMatchObject({ blocks: [], case: { flags: ['bytes-replaced'] }, version: 2 });
  });

  it.each([
    ['within a month stay blocked', 30 * DAY - 1, ['threshold']],
    ['after a month do not', 30 * DAY, []],
  ])('for the second time %s', (_, ago, expected) => {
    const state = { ...byTheRule, content: 2, contentChangedAt: NOW - ago };
    expect(sources(accepted(state, found({ version: 3, announced: true })).next)).toEqual(expected);
  });

  it('never free what is severe, and what comes stays severe until a person has looked (rule 6)', () => {
    const severe = { ...byTheRule, case: aCase({ severe: true }) };
    const { next } = accepted(severe, found({ announced: true }));
    expect(next).toMatchObject({ blocks: [threshold], case: { severe: true } });
  });

  it.each([
    ['block', moderator],
    ['match', match],
  ])("never free what a person has called severe: a moderator's or another's %s (rule 6)", (_, block) => {
    const severe = { ...block, reason: 'child_abuse' as const };
    const decided = known({
      blocks: [severe],
      case: aCase({ status: 'closed', outcome: 'block' }),
      version: 1,
    });
    const verdict = accepted(decided, found({ announced: true }));
    expect(verdict.next).toMatchObject({
      blocks: [severe],
      version: 1,
      case: { round: 2, severe: true, flags: ['bytes-replaced'] },
    });
    expect(verdict.events[0]).toMatchObject({ data: { announced: true, staysBlocked: true } });
  });

  it("are no more severe than others under a publisher's block for it, which is the image's", () => {
    const severe = { ...publisher, reason: 'child_abuse' as const };
    const state = known({ blocks: [severe, threshold], version: 1 });
    expect(accepted(state, found({ announced: true })).next).toMatchObject({
      blocks: [severe],
      case: { severe: false },
    });
  });

  it('leave with the leads what was with them', () => {
    const escalated = { ...byTheRule, case: aCase({ status: 'escalated' }) };
    expect(accepted(escalated, found()).next).toMatchObject({
      reviewState: 'escalated',
      case: { status: 'escalated' },
    });
  });

  it('of a protected image are not blocked by what machines did', () => {
    const state = known({ protected: true });
    expect(accepted(state, found({ returning: left({ blocks: [threshold] }) })).next.blocks).toEqual([]);
  });
});

describe('bytes that are back', () => {
  it('behaviour 17: are blocked again by the rule, with a case', () => {
    const verdict = accepted(known({ version: 2, content: 2 }), {
      ...found({ version: 1 }),
      returning: left({ blocks: [threshold] }),
    });
    expect(verdict.next).toMatchObject({
      blocks: [threshold],
      content: 1,
      version: 3,
      case: { flags: ['bytes-returned'] },
    });
    expect(types(verdict)).toEqual(['content.changed', 'case.opened', 'image.blocked']);
  });

  it('are blocked again by the moderator who blocked them, who need not look again', () => {
    const returning = left({ blocks: [moderator], judged: true });
    const state = known({ content: 2, version: 2, case: aCase() });
    const verdict = accepted(state, found({ version: 1, returning }));
    expect(verdict.next).toMatchObject({
      blocks: [{ ...moderator, since: NOW }],
      case: null,
      reviewState: 'closed',
    });
    expect(types(verdict)).toEqual(['content.changed', 'case.resolved', 'image.blocked']);
  });

  it.each([
    ['that came with them', []],
    ['that held what was there between', [moderator]],
  ])("are spoken of by the moderator's block %s: an undone keep finds it", (_, standing) => {
    const returning = left({ blocks: [{ ...moderator, since: 1 }], judged: true });
    const state = known({ content: 2, contentChangedAt: NOW - 2 * HOUR, blocks: standing, version: 2 });
    const { next } = accepted(state, found({ version: 1, returning }));
    expect(next.blocks).toEqual([{ ...moderator, since: NOW }]);
    expect(humanWord(next)).toEqual({ verdict: 'block', reason: moderator.reason });
  });

  it('are not spoken of by a block that only held them until a person looks', () => {
    const returning = left({ blocks: [{ ...moderator, since: 1 }] });
    const { next } = accepted(known({ content: 2, version: 2 }), found({ version: 1, returning }));
    expect(next.blocks).toEqual([{ ...moderator, since: 1 }]);
    expect(humanWord(next)).toBeNull();
  });

  it('ask for a look all the same while the case of the others is severe', () => {
    const returning = left({ blocks: [moderator], judged: true });
    const state = known({ content: 2, blocks: [threshold], version: 2, case: aCase({ severe: true }) });
    expect(accepted(state, found({ version: 1, returning })).next.case).toMatchObject({ severe: true });
  });

  it('that no person ever judged ask for one, though a block of earlier ones held them', () => {
    const returning = left({ blocks: [moderator] });
    expect(accepted(known({ content: 3 }), found({ returning })).next).toMatchObject({
      blocks: [moderator],
      case: { flags: ['bytes-returned'] },
    });
  });

  it('bring their keep along', () => {
    expect(
      accepted(known({ content: 2 }), found({ version: 1, returning: left({ keptAt: 7 }) })).next.keptAt,
    ).toBe(7);
  });

  it.each([
    ["the rule's once, whatever its round", aBlock('threshold', { ref: '3' }), threshold, 1],
    ['each moderator’s', moderator, aBlock('moderator', { ref: 'dec-0' }), 2],
    ['one that stands once', moderator, moderator, 1],
  ])('have the blocks united with those that hold them: %s', (_, standing, returning, count) => {
    const state = known({ content: 2, contentChangedAt: NOW - DAY, blocks: [standing], version: 1 });
    const { next } = accepted(state, found({ version: 1, returning: left({ blocks: [returning] }) }));
    expect(next.blocks).toHaveLength(count);
  });
});
