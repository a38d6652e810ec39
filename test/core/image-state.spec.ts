import {
  awaitsDecision,
  isBlockedBy,
  strongestBlock,
  visibilityOf,
  withoutOutranked,
} from '../../src/core/image-state.js';
import { aBlock, aCase, anImage, HOUR, NOW } from './examples.js';

const publisher = aBlock('publisher');
const moderator = aBlock('moderator');
const threshold = aBlock('threshold');
const match = aBlock('match');

describe('the strongest block', () => {
  it.each([
    ['none', [], null],
    ["the publisher's before all others", [match, threshold, moderator, publisher], publisher],
    ["a moderator's before the rule's", [match, threshold, moderator], moderator],
    ["the rule's before a match", [match, threshold], threshold],
  ])('is %s', (_, blocks, strongest) => {
    expect(strongestBlock(blocks)).toBe(strongest);
  });

  it('is the earlier of two from the same source', () => {
    const later = aBlock('moderator', { ref: '2', since: NOW });
    expect(strongestBlock([later, moderator])).toBe(moderator);
  });

  it('is the first decision of two in the same moment, in whatever order they come', () => {
    const [ninth, tenth] = [aBlock('moderator', { ref: '9' }), aBlock('moderator', { ref: '10' })];
    expect([strongestBlock([ninth, tenth]), strongestBlock([tenth, ninth])]).toEqual([ninth, ninth]);
  });
});

describe('what is seen of an image', () => {
  it('is visible when nothing stands, whatever is reported', () => {
    const reported = anImage({ tally: { violence: 4 }, case: aCase(), version: 2 });
    expect(visibilityOf(reported)).toEqual({ blocked: false, version: 2 });
  });

  it.each([
    ['a rule', [threshold], false],
    ['a match', [match], false],
    ['a moderator', [moderator], true],
    ['the publisher, beside a rule', [threshold, publisher], true],
  ])('says whether a person stands behind a block by %s', (_, blocks, reviewed) => {
    expect(visibilityOf(anImage({ blocks, version: 1 }))).toEqual({
      blocked: true,
      version: 1,
      reason: 'violence',
      since: NOW - HOUR,
      reviewed,
    });
  });

  it('begins with the spell, not with the block that shows now', () => {
    const state = anImage({ blocks: [aBlock('moderator', { since: NOW })], since: NOW - 5 * HOUR });
    expect(visibilityOf(state)).toMatchObject({ since: NOW - 5 * HOUR });
  });

  it("begins with the block where the spell's start is not known", () => {
    expect(visibilityOf(anImage({ blocks: [threshold], since: null }))).toMatchObject({
      since: threshold.since,
    });
  });
});

describe('blocks that give way', () => {
  it.each([
    ['nothing gives way to a publisher', [publisher, threshold, match], false, [publisher, threshold, match]],
    ["the rule's gives way to a moderator's", [moderator, threshold, match], false, [moderator, match]],
    ['what machines did gives way to a protection', [publisher, threshold, match], true, [publisher]],
    ["a moderator's stays under a protection", [moderator, match], true, [moderator]],
  ])('%s', (_, blocks, isProtected, left) => {
    expect(withoutOutranked(blocks, isProtected)).toEqual(left);
  });

  it('are found by their source', () => {
    expect(isBlockedBy('match', [threshold, match])).toBe(true);
    expect(isBlockedBy('moderator', [threshold, match])).toBe(false);
  });
});

it.each([
  ['no case', null, false],
  ['an open case', aCase(), true],
  ['an escalated case', aCase({ status: 'escalated' }), true],
  ['a closed case', aCase({ status: 'closed' }), false],
])('a decision is awaited: %s', (_, moderationCase, awaited) => {
  expect(awaitsDecision(moderationCase)).toBe(awaited);
});
