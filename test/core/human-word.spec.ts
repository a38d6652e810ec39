import { humanWord } from '../../src/core/human-word.js';
import { aBlock, anImage, NOW } from './examples.js';

const publisher = aBlock('publisher', { reason: 'privacy', since: NOW });
const moderator = aBlock('moderator', { reason: 'hate', since: NOW });

describe('what people say of the bytes', () => {
  it.each([
    ['nothing', {}, { verdict: null, reason: null }],
    [
      'nothing, whatever machines did',
      { blocks: [aBlock('threshold'), aBlock('match')] },
      { verdict: null, reason: null },
    ],
    ['a keep', { keptAt: NOW }, { verdict: 'keep', reason: null }],
    ['a block', { blocks: [moderator] }, { verdict: 'block', reason: 'hate' }],
    ["the publisher's first", { blocks: [moderator, publisher] }, { verdict: 'block', reason: 'privacy' }],
    [
      'a block rather than a keep',
      { blocks: [moderator], keptAt: NOW },
      { verdict: 'block', reason: 'hate' },
    ],
    [
      'a block of these bytes',
      { blocks: [moderator], contentChangedAt: NOW },
      { verdict: 'block', reason: 'hate' },
    ],
    ['nothing new by a block of earlier bytes', { blocks: [moderator], contentChangedAt: NOW + 1 }, null],
    [
      'a keep after other bytes',
      { keptAt: NOW, contentChangedAt: NOW - 1 },
      { verdict: 'keep', reason: null },
    ],
  ])('%s', (_, parts, expected) => {
    expect(humanWord(anImage(parts))).toEqual(expected);
  });
});
