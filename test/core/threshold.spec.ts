import { commonestReason, crossing, factorNow, leastReporters } from '../../src/core/threshold.js';
import { aRule, HOUR, NOW } from './examples.js';

const { rule } = aRule();

describe('the reason that is shown', () => {
  it.each([
    ['the commonest', { spam: 2, violence: 3 }, 'violence'],
    ['of two equally common ones the first of the list', { spam: 2, hate: 2 }, 'hate'],
    ['the severe one, however rare', { violence: 9, 'child_abuse+violence': 1 }, 'child_abuse'],
    ['"other" where nobody said anything', {}, 'other'],
  ])('is %s', (_, tally, expected) => {
    expect(commonestReason(tally)).toBe(expected);
  });
});

describe('a crossing', () => {
  it.each([
    ['four of five people', { violence: 4 }, null],
    [
      'five people with one reason',
      { violence: 5 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5 },
    ],
    [
      'five people with different reasons',
      { spam: 2, hate: 3 },
      { by: 'total', reason: 'hate', needed: 5, reporters: 5 },
    ],
    ['four people with nine reasons', { 'violence+hate+spam': 3, other: 1 }, null],
  ])("by the site's K: %s", (_, tally, expected) => {
    expect(crossing(tally, rule, 1)).toEqual(expected);
  });

  const strict = aRule({ reasons: { hate: { reporters: 3 } } }).rule;
  it.each([
    [
      'three who give the reason',
      { hate: 2, 'hate+spam': 1 },
      { by: 'reason', reason: 'hate', needed: 3, reporters: 3 },
    ],
    ['two who give it', { hate: 2, violence: 2 }, null],
    [
      'two who give it and three others: all together',
      { hate: 2, violence: 3 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5 },
    ],
    [
      'the reason itself, though another is as common',
      { 'violence+hate': 3 },
      { by: 'reason', reason: 'hate', needed: 3, reporters: 3 },
    ],
    [
      'the severe reason among those who give it',
      { hate: 2, 'child_abuse+hate': 1 },
      { by: 'reason', reason: 'child_abuse', needed: 3, reporters: 3 },
    ],
  ])("by a reason's own, lower K: %s", (_, tally, expected) => {
    expect(crossing(tally, strict, 1)).toEqual(expected);
  });

  const lenient = aRule({ reasons: { spam: { reporters: 8 } } }).rule;
  it.each([
    ['seven who say spam', { spam: 7 }, null],
    ['eight who say spam', { spam: 8 }, { by: 'reason', reason: 'spam', needed: 8, reporters: 8 }],
    ['four others do not profit from seven who say spam', { spam: 7, violence: 4 }, null],
    [
      'five others block for their own reason',
      { spam: 7, violence: 5 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5 },
    ],
    [
      'one who says more than spam counts for the total',
      { spam: 3, violence: 4, 'hate+spam': 1 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5 },
    ],
  ])("by a reason's own K above the site's: %s", (_, tally, expected) => {
    expect(crossing(tally, lenient, 1)).toEqual(expected);
  });

  it('asks for the multiple of every K after a keep', () => {
    expect(crossing({ violence: 14 }, rule, 3)).toBeNull();
    expect(crossing({ violence: 15 }, rule, 3)).toMatchObject({ needed: 15 });
    expect(crossing({ hate: 8 }, strict, 3)).toBeNull();
    expect(crossing({ hate: 9 }, strict, 3)).toMatchObject({ by: 'reason', needed: 9 });
  });

  it('can not happen below the least of all K', () => {
    expect(leastReporters(rule, 1)).toBe(5);
    expect(leastReporters(strict, 3)).toBe(9);
    expect(leastReporters(lenient, 1)).toBe(5);
  });
});

describe('the factor after a keep', () => {
  it.each([
    ['never kept', null, 1],
    ['kept just now', NOW, 3],
    ['within the cooldown', NOW - 168 * HOUR + 1, 3],
    ['when the cooldown has ended', NOW - 168 * HOUR, 1],
  ])('%s', (_, keptAt, factor) => {
    expect(factorNow(rule, keptAt, NOW)).toBe(factor);
  });
});
