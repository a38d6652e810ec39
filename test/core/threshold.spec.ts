import {
  commonestReason,
  crossing,
  factorNow,
  leastReporters,
  severeCrossing,
} from '../../src/core/threshold.js';
import { aRule, HOUR, NOW } from './examples.js';
import { votesOf } from './heard.js';

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
      { by: 'total', reason: 'violence', needed: 5, reporters: 5, weight: 5_000 },
    ],
    [
      'five people with different reasons',
      { spam: 2, hate: 3 },
      { by: 'total', reason: 'hate', needed: 5, reporters: 5, weight: 5_000 },
    ],
    ['four people with nine reasons', { 'violence+hate+spam': 3, other: 1 }, null],
  ])("by the site's K: %s", (_, tally, expected) => {
    expect(crossing(votesOf(tally), rule, 1)).toEqual(expected);
  });

  const strict = aRule({ reasons: { hate: { reporters: 3 } } }).rule;
  it.each([
    [
      'three who give the reason',
      { hate: 2, 'hate+spam': 1 },
      { by: 'reason', reason: 'hate', needed: 3, reporters: 3, weight: 3_000 },
    ],
    ['two who give it', { hate: 2, violence: 2 }, null],
    [
      'two who give it and three others: all together',
      { hate: 2, violence: 3 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5, weight: 5_000 },
    ],
    [
      'the reason itself, though another is as common',
      { 'violence+hate': 3 },
      { by: 'reason', reason: 'hate', needed: 3, reporters: 3, weight: 3_000 },
    ],
    [
      'the severe reason among those who give it',
      { hate: 2, 'child_abuse+hate': 1 },
      { by: 'reason', reason: 'child_abuse', needed: 3, reporters: 3, weight: 3_000 },
    ],
  ])("by a reason's own, lower K: %s", (_, tally, expected) => {
    expect(crossing(votesOf(tally), strict, 1)).toEqual(expected);
  });

  const lenient = aRule({ reasons: { spam: { reporters: 8 } } }).rule;
  it.each([
    ['seven who say spam', { spam: 7 }, null],
    [
      'eight who say spam',
      { spam: 8 },
      { by: 'reason', reason: 'spam', needed: 8, reporters: 8, weight: 8_000 },
    ],
    ['four others do not profit from seven who say spam', { spam: 7, violence: 4 }, null],
    [
      'five others block for their own reason',
      { spam: 7, violence: 5 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5, weight: 5_000 },
    ],
    [
      'one who says more than spam counts for the total',
      { spam: 3, violence: 4, 'hate+spam': 1 },
      { by: 'total', reason: 'violence', needed: 5, reporters: 5, weight: 5_000 },
    ],
  ])("by a reason's own K above the site's: %s", (_, tally, expected) => {
    expect(crossing(votesOf(tally), lenient, 1)).toEqual(expected);
  });

  it('asks for the multiple of every K after a keep', () => {
    expect(crossing(votesOf({ violence: 14 }), rule, 3)).toBeNull();
    expect(crossing(votesOf({ violence: 15 }), rule, 3)).toMatchObject({ needed: 15 });
    expect(crossing(votesOf({ hate: 8 }), strict, 3)).toBeNull();
    expect(crossing(votesOf({ hate: 9 }), strict, 3)).toMatchObject({ by: 'reason', needed: 9 });
  });

  it('can not happen below the least of all K', () => {
    expect(leastReporters(rule, 1)).toBe(5);
    expect(leastReporters(strict, 3)).toBe(9);
    expect(leastReporters(lenient, 1)).toBe(5);
  });
});

describe('a crossing by votes that network caps hold for', () => {
  const hate = { reasons: { hate: { reporters: 3 } } };
  it.each([
    [
      'five from five networks',
      {},
      { 'spam@a/v': 1, 'spam@b/w': 1, 'spam@c/x': 1, 'spam@d/y': 1, 'spam@e/z': 1 },
      true,
    ],
    ['five from three networks', {}, { 'spam@a/v': 2, 'spam@b/w': 2, 'spam@c/x': 1 }, true],
    ['five from two networks', {}, { 'spam@a/v': 3, 'spam@b/w': 2 }, false],
    ['nine from two networks', {}, { 'spam@a/v': 5, 'spam@b/w': 4 }, false],
    ['five from two networks where networks tell nothing', { minNetworks: 1 }, { 'spam@a/v': 5 }, true],
    ['one beside four that are not capped', {}, { spam: 4, 'spam@a/v': 1 }, true],
    ['four of one network beside one that is not capped', {}, { spam: 1, 'spam@a/v': 4 }, false],
    [
      'four of two networks beside one that is not capped',
      {},
      { spam: 1, 'spam@a/v': 2, 'spam@b/w': 2 },
      true,
    ],
    ['two that are not capped, with K = 2', { reporters: 2 }, { spam: 2 }, true],
    ['two of two networks, with K = 2', { reporters: 2 }, { 'spam@a/v': 1, 'spam@b/w': 1 }, false],
    [
      'five from five networks of one wide one',
      {},
      { 'spam@a/v': 1, 'spam@b/v': 1, 'spam@c/v': 1, 'spam@d/v': 1, 'spam@e/v': 1 },
      false,
    ],
    ['five of it and one from elsewhere', {}, { 'spam@a/v': 3, 'spam@b/v': 2, 'spam@e/w': 1 }, true],
    ["a reason's own K from two networks", hate, { 'hate@a/v': 2, 'hate@b/w': 1 }, false],
    [
      "a reason's own K from three networks",
      hate,
      { 'hate@a/v': 1, 'hate@b/w': 1, 'hate+spam@c/x': 1 },
      true,
    ],
    [
      "a reason's own K by votes of one wide network",
      hate,
      { 'hate@a/v': 1, 'hate@b/v': 1, 'hate@c/v': 1 },
      false,
    ],
  ])('%s', (_, change, tally, crosses) => {
    expect(crossing(votesOf(tally), aRule(change).rule, 1) !== null).toBe(crosses);
  });

  it('after a keep takes no more of a wide network', () => {
    const many = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`spam@${i}/${i}`, 1]));
    expect(crossing(votesOf({ 'spam@a/v': 4, ...many(10) }), rule, 3)).toBeNull();
    expect(crossing(votesOf({ 'spam@a/v': 4, ...many(11) }), rule, 3)).toMatchObject({
      needed: 15,
      reporters: 15,
    });
  });

  it.each([
    ['one', { 'child_abuse@a/v': 1 }, 1, {}, true],
    ['none', { 'hate@a/v': 1 }, 1, {}, false],
    ['two of one network', { 'child_abuse@a/v': 2 }, 2, {}, false],
    ['two of two wide networks', { 'child_abuse@a/v': 1, 'child_abuse@b/w': 1 }, 2, {}, true],
    ['many of one wide network', { 'child_abuse@a/v': 2, 'child_abuse@b/v': 2 }, 2, {}, false],
    ['two of which one says something else', { 'child_abuse@a/v': 1, 'hate@b/w': 1 }, 2, {}, false],
    ['two that are not capped', { child_abuse: 2 }, 2, {}, true],
    [
      'two of one wide network where networks tell nothing',
      { 'child_abuse@a/v': 1, 'child_abuse@b/v': 1 },
      2,
      { minNetworks: 1 },
      true,
    ],
    ['one beside one that is not capped', { child_abuse: 1, 'child_abuse@b/v': 1 }, 2, {}, true],
    ['two of one network where networks tell nothing', { 'child_abuse@a/v': 2 }, 2, { minNetworks: 1 }, true],
  ] as const)('of the severe reason: %s', (_, tally, needed, change, crosses) => {
    expect(severeCrossing(votesOf(tally), aRule(change).rule, needed) !== null).toBe(crosses);
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
