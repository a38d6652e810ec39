import type { SiteBaseline } from '../../src/core/hold-finding.js';
import { burst, cohort, newcomers, prolific, sameComment } from '../../src/core/hold-signals.js';
import { NOW, aRule } from './examples.js';
import { aVote, DAY, dismissed, MINUTE, someVotes, upheld } from './facts.js';

const { rule } = aRule();
const BOUNDS = rule.holdBounds;
const aBaseline = (parts: Partial<SiteBaseline> = {}): SiteBaseline => ({
  blocksPerHour: 1,
  upheld: 30,
  spanSeconds: 2_400,
  newcomerShare: 0.4,
  ...parts,
});

/** One vote each so many seconds. */
const every = (seconds: number, count: number) =>
  someVotes(count, (n) => ({ castAt: NOW + n * seconds * 1_000 }));

describe('burst', () => {
  it.each([
    ['five within a quarter of the usual time', every(150, 5), 5],
    ['five a second too slow', every(150.3, 5), undefined],
    ['four, however fast', every(1, 4), undefined],
    [
      'five fast ones among slow ones',
      [...every(1, 5), ...every(3_600, 4).map((v) => ({ ...v, castAt: v.castAt + DAY }))],
      5,
    ],
    ['two runs, one vote in both, in any order', every(150, 9).reverse(), 9],
  ])('%s', (_, votes, marked) => {
    expect(burst(votes, rule, aBaseline())?.marked.size).toBe(marked);
  });

  it('says how fast it was, and what is usual', () => {
    expect(burst(every(10, 5), rule, aBaseline())?.finding).toEqual({
      signal: 'burst',
      votes: 5,
      figures: { seconds: 40, usualSeconds: 2_400 },
    });
  });

  it.each([
    ['the site is not known', null],
    ['too few of its blocks were upheld', aBaseline({ spanSeconds: null })],
  ])('takes half an hour for usual where %s', (_, baseline) => {
    expect(burst(every(112, 5), rule, baseline)?.finding.figures['usualSeconds']).toBe(1_800);
    expect(burst(every(113, 5), rule, baseline)).toBeNull();
  });
});

describe('newcomers', () => {
  const mixed = (fresh: number, old: number) => [
    ...someVotes(fresh, () => ({ ageMinutes: 59 })),
    ...someVotes(old, () => ({ ageMinutes: 60 })),
  ];

  it.each([
    ['four of five, where two of five are usual', mixed(4, 1), aBaseline(), 4],
    ['three of five: within the bound', mixed(3, 2), aBaseline(), undefined],
    ['all, where nearly all are', mixed(5, 0), aBaseline({ newcomerShare: 0.8 }), undefined],
    ['four, which are fewer than K', mixed(4, 0), aBaseline(), undefined],
    ['five, where nothing is usual yet', mixed(5, 0), aBaseline({ newcomerShare: null }), undefined],
    ['five, on a site that is not known', mixed(5, 0), null, undefined],
    ['of an unknown age, which are nobody', someVotes(5, () => ({})), aBaseline(), undefined],
  ])('%s', (_, votes, baseline, marked) => {
    expect(newcomers(votes, rule, baseline)?.marked.size).toBe(marked);
  });
});

describe('same-comment', () => {
  const writing = (...comments: readonly string[]) =>
    comments.map((comment) => aVote({ comments: [comment] }));

  it.each([
    [
      'three with the same words',
      writing('Remove this picture now', 'remove this picture, now!', 'REMOVE THIS PICTURE NOW'),
      3,
    ],
    [
      'two',
      writing('Remove this picture now', 'Remove this picture now', 'Why is this still here?'),
      undefined,
    ],
    [
      'many with few letters',
      writing('shame on you', 'Shame on you', 'shame on you!', 'shame on you'),
      undefined,
    ],
    [
      'letters of any script',
      writing('احذفوا هذه الصورة فورا', 'احذفوا هذه الصورة فورا', 'احذفوا هذه الصورة فورا.'),
      3,
    ],
    [
      'one who writes it three times',
      [
        aVote({
          comments: ['Remove this picture now', 'remove this picture now', 'Remove this picture now!'],
        }),
      ],
      undefined,
    ],
  ])('%s', (_, votes, marked) => {
    expect(sameComment(votes, BOUNDS)?.marked.size).toBe(marked);
  });

  it('marks none of the others', () => {
    const others = writing('I was there, this is not the square', 'Blood');
    const found = sameComment(
      [
        ...writing('Remove this picture now', 'Remove this picture now', 'Remove this picture now'),
        ...others,
      ],
      BOUNDS,
    );
    expect(others.some((vote) => found?.marked.has(vote))).toBe(false);
  });
});

describe('cohort', () => {
  it.each([
    ['two on another image that nobody has decided on', someVotes(2, () => ({ undecided: ['a'] })), 2],
    ['two whom one decision dismissed', someVotes(2, () => ({ verdicts: dismissed('1') })), 2],
    [
      'two dismissed by a decision each',
      someVotes(2, (n) => ({ verdicts: dismissed(String(n)) })),
      undefined,
    ],
    ['two on an image each', someVotes(2, (n) => ({ undecided: [String(n)] })), undefined],
    [
      'two who were right together as often',
      someVotes(2, () => ({ undecided: ['a'], verdicts: upheld('1') })),
      undefined,
    ],
    [
      'two who were right together once, and are on two images',
      someVotes(2, () => ({ undecided: ['a', 'b'], verdicts: upheld('1') })),
      2,
    ],
    [
      'two who were right, each alone',
      someVotes(2, (n) => ({ undecided: ['a'], verdicts: upheld(String(n)) })),
      2,
    ],
    [
      'two new devices',
      someVotes(2, () => ({ kind: 'device', ageMinutes: 59, undecided: ['a'] })),
      undefined,
    ],
    ['two devices of an unknown age', someVotes(2, () => ({ kind: 'device', undecided: ['a'] })), undefined],
    [
      'two devices that are an hour old',
      someVotes(2, () => ({ kind: 'device', ageMinutes: 60, undecided: ['a'] })),
      2,
    ],
    ['two new accounts', someVotes(2, () => ({ ageMinutes: 1, undecided: ['a'] })), 2],
    [
      'what was dismissed a month ago',
      someVotes(2, () => ({ verdicts: [{ decision: '1', valid: false, at: NOW - 30 * DAY }] })),
      undefined,
    ],
  ] as const)('%s', (_, votes, marked) => {
    expect(cohort(votes, BOUNDS)?.marked.size).toBe(marked);
  });

  it('marks none of the others, and says how many images and decisions there were', () => {
    const others = someVotes(3, (n) => ({ undecided: [`alone ${n}`] }));
    const found = cohort(
      [...others, ...someVotes(2, () => ({ undecided: ['a', 'b'], verdicts: dismissed('1') }))],
      BOUNDS,
    );
    expect(found?.finding).toEqual({ signal: 'cohort', votes: 2, figures: { undecided: 2, dismissed: 1 } });
  });
});

describe('prolific', () => {
  it.each([
    ['two others that nobody has decided on', aVote({ undecided: ['a', 'b'] }), 2],
    ['one that was dismissed and one undecided', aVote({ undecided: ['a'], verdicts: dismissed('1') }), 2],
    ['one other', aVote({ undecided: ['a'] }), undefined],
    ['two, and as many upheld', aVote({ undecided: ['a', 'b'], verdicts: upheld('1', '2') }), undefined],
    ['three, and two upheld', aVote({ undecided: ['a', 'b', 'c'], verdicts: upheld('1', '2') }), 3],
    [
      'a new device, which reports a page of pictures',
      aVote({ kind: 'device', ageMinutes: 5, undecided: ['a', 'b', 'c'] }),
      undefined,
    ],
    [
      'who was dismissed long ago',
      aVote({ verdicts: [1, 2].map((n) => ({ decision: String(n), valid: false, at: NOW - 30 * DAY })) }),
      undefined,
    ],
  ] as const)('%s', (_, vote, reports) => {
    expect(prolific([vote, aVote()], BOUNDS)?.finding.figures['reports']).toBe(reports);
  });

  it('marks whom it is about', () => {
    const busy = aVote({ undecided: ['a', 'b'], castAt: NOW + MINUTE });
    expect([...(prolific([aVote(), busy], BOUNDS)?.marked ?? [])]).toEqual([busy]);
  });

  it('counts the most of 200,000', () => {
    const votes = someVotes(200_000, (n) => ({ undecided: n === 7 ? ['a', 'b', 'c'] : ['a', 'b'] }));
    expect(prolific(votes, BOUNDS)?.finding).toEqual({
      signal: 'prolific',
      votes: 200_000,
      figures: { reports: 3 },
    });
  });
});
