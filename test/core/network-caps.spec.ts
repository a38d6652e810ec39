import {
  admitVotes,
  type CappedVote,
  capsAreLifted,
  smallestK,
  type TakenPlaces,
} from '../../src/core/network-caps.js';
import type { RuleChange } from '../../src/core/threshold-rule.js';
import { aRule } from './examples.js';

const from = (narrow: string, wide: string, parts: Partial<CappedVote> = {}): CappedVote => ({
  narrow,
  wide,
  minted: null,
  reasons: ['violence'],
  ...parts,
});

const places = (narrow: Record<string, number>, wide: Record<string, number> = {}): TakenPlaces => ({
  narrow: new Map(Object.entries(narrow)),
  wide: new Map(Object.entries(wide)),
});

const admitted = (votes: readonly CappedVote[], taken = places({}), change: RuleChange = {}) =>
  admitVotes(votes, taken, aRule(change).rule);

describe('votes that network caps hold for (K = 5, two per network)', () => {
  it.each([
    ['count up to the cap', [from('a', 'x'), from('a', 'x'), from('a', 'x')], [null, null, 'network']],
    [
      'count from as many networks as there are',
      [from('a', 'x'), from('b', 'y'), from('c', 'z')],
      [null, null, null],
    ],
    [
      'fill their wide network up to K - 1',
      ['a', 'b', 'c', 'd', 'e'].map((narrow) => from(narrow, 'x')),
      [null, null, null, null, 'wide-network'],
    ],
    [
      'fill the network in which their devices were minted',
      [from('b', 'y', { minted: 'a' }), from('c', 'z', { minted: 'a' }), from('a', 'x'), from('b', 'y')],
      [null, null, 'network', null],
    ],
    [
      'find it filled by votes that come from there',
      [from('a', 'x'), from('a', 'x'), from('b', 'y', { minted: 'a' }), from('b', 'y'), from('b', 'y')],
      [null, null, 'network', null, null],
    ],
    [
      'take no place when they are left out',
      [from('a', 'x'), from('a', 'x'), from('a', 'x', { minted: 'b' }), from('b', 'x'), from('b', 'x')],
      [null, null, 'network', null, null],
    ],
  ])('%s', (_, votes, causes) => {
    expect(admitted(votes)).toEqual(causes);
  });

  it('find places that were taken before', () => {
    expect(admitted([from('a', 'x'), from('a', 'x')], places({ a: 1 }))).toEqual([null, 'network']);
    expect(admitted([from('a', 'x'), from('b', 'x')], places({}, { x: 3 }))).toEqual([null, 'wide-network']);
    expect(admitted([from('b', 'y', { minted: 'a' })], places({ a: 2 }))).toEqual(['network']);
  });

  it('are held to the smallest K that they can count for', () => {
    const reasons = { hate: { reporters: 3 }, spam: { reporters: 9 } };
    const votes = (...given: CappedVote['reasons']) =>
      ['a', 'b', 'c', 'd', 'e'].map((narrow) => from(narrow, 'x', { reasons: given }));
    const counted = (...given: CappedVote['reasons']) =>
      admitted(votes(...given), places({}), { reasons }).filter((cause) => cause === null).length;
    expect(counted('violence')).toBe(4);
    expect(counted('hate')).toBe(2);
    expect(counted('violence', 'hate')).toBe(2);
    // Such a vote may gain a reason that counts for the site's K.
    expect(counted('spam')).toBe(4);
    expect(smallestK(['spam'], aRule({ reasons }).rule)).toBe(5);
  });

  it('fill no wide network where networks tell nothing', () => {
    const votes = ['a', 'b', 'c', 'd', 'e', 'a', 'a'].map((narrow) => from(narrow, 'x'));
    expect(admitted(votes, places({}), { minNetworks: 1 })).toEqual([
      ...[null, null, null, null, null, null],
      'network',
    ]);
  });
});

it.each([
  ['by the defaults', {}, false],
  ['where networks tell nothing', { minNetworks: 1 }, false],
  ['where any number counts of a network', { perNetwork: 1_000 }, false],
  ['where both hold', { minNetworks: 1, perNetwork: 1_000 }, true],
])('the caps are lifted: %s', (_, change, lifted) => {
  expect(capsAreLifted(aRule(change).rule)).toBe(lifted);
});
