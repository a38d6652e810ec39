import * as fc from 'fast-check';
import { hearVotes } from '../../src/core/hear-votes.js';
import { HOLD_SIGNALS, type SiteBaseline } from '../../src/core/hold-finding.js';
import { burst, cohort, newcomers, prolific, sameComment } from '../../src/core/hold-signals.js';
import { lookForHolds } from '../../src/core/hold.js';
import { crossing } from '../../src/core/threshold.js';
import type { VoteFacts } from '../../src/core/vote-facts.js';
import { aRule, NOW } from './examples.js';
import { aVote, someVotes } from './facts.js';

const { rule } = aRule();
const BASELINE: SiteBaseline = { blocksPerHour: 1, upheld: 30, spanSeconds: 2_400, newcomerShare: 0.4 };

/** Every vote anybody could cast, in a world so small that people meet. */
const facts: fc.Arbitrary<VoteFacts> = fc.record({
  kind: fc.constantFrom('device', 'account', 'named'),
  reasons: fc.constant(['violence'] as const),
  networks: fc.constant(null),
  castAt: fc.integer({ min: 0, max: 200 }).map((minutes) => NOW + minutes * 60_000),
  ageMinutes: fc.option(fc.integer({ min: 0, max: 120 })),
  comments: fc.subarray(['Remove this picture at once', 'This is not where it says it is'], { maxLength: 1 }),
  verdicts: fc.uniqueArray(
    fc.record({
      decision: fc.constantFrom('1', '2', '3'),
      valid: fc.boolean(),
      at: fc.constant(NOW - 86_400_000),
    }),
    { selector: ({ decision }) => decision, maxLength: 3 },
  ),
  undecided: fc.subarray(['a', 'b', 'c']),
});
const manyFacts = fc.array(facts, { maxLength: 12 });

describe('a hold', () => {
  it('sets aside junk that comes at once with the same words, and leaves honest votes of the same minute', () => {
    const junk = someVotes(20, (n) => ({ castAt: NOW + n, comments: ['Remove this picture at once'] }));
    const honest = someVotes(5, (n) => ({ castAt: NOW + n }));
    const { setAside, findings } = lookForHolds([...junk, ...honest], rule, BASELINE);
    expect([...setAside]).toEqual(junk);
    expect(findings.map(({ signal, votes }) => [signal, votes])).toEqual([
      ['burst', 25],
      ['same-comment', 20],
    ]);
  });

  it('makes no crowd of honest newcomers by the junk that comes with them', () => {
    const junk = someVotes(20, (n) => ({
      castAt: NOW + n,
      ageMinutes: 1,
      comments: ['Remove this picture at once'],
    }));
    const honest = someVotes(5, (n) => ({ castAt: NOW + n, ageMinutes: n < 2 ? 1 : 5_000 }));
    const slow = honest.map((vote, n) => ({ ...vote, castAt: NOW + n * 1_000_000 }));
    expect([...lookForHolds([...junk, ...slow], rule, BASELINE).setAside]).toEqual(junk);
  });

  it('finds nothing among five readers of a story that everybody reads', () => {
    const readers = someVotes(5, (n) => ({ castAt: NOW + n * 20_000, kind: 'device', ageMinutes: 1 }));
    const found = lookForHolds(readers, rule, { ...BASELINE, newcomerShare: 1 });
    expect(found.setAside.size).toBe(0);
    expect(found.findings.map(({ signal }) => signal)).toEqual(['burst']);
  });

  it('sets aside who report many pictures together, however slowly', () => {
    const members = someVotes(5, (n) => ({ castAt: NOW + n * 7_200_000, undecided: ['a', 'b'] }));
    expect(lookForHolds(members, rule, BASELINE).setAside.size).toBe(5);
  });

  it('is not looked for where the rule says so', () => {
    const members = someVotes(5, () => ({ undecided: ['a', 'b'] }));
    expect(
      hearVotes(members, { ...rule, hold: false }, BASELINE, NOW).votes.some(({ setAside }) => setAside),
    ).toBe(false);
    expect(hearVotes(members, rule, BASELINE, NOW).votes.every(({ setAside }) => setAside)).toBe(true);
  });

  it('needs two signals on a vote: none acts alone', () => {
    fc.assert(
      fc.property(manyFacts, (votes) => {
        const signals = [
          burst(votes, rule, BASELINE),
          newcomers(votes, rule, BASELINE),
          sameComment(votes, rule.holdBounds),
          cohort(votes, rule.holdBounds),
          prolific(votes, rule.holdBounds),
        ];
        const { setAside, findings } = lookForHolds(votes, rule, BASELINE);
        for (const vote of votes) {
          const [crowd, own] = [signals.slice(0, 2), signals.slice(2)].map(
            (some) => some.filter((signal) => signal?.marked.has(vote)).length,
          );
          if (setAside.has(vote)) expect((crowd ?? 0) + (own ?? 0)).toBeGreaterThanOrEqual(2);
          if ((own ?? 0) >= 2) expect(setAside.has(vote)).toBe(true);
        }
        expect(findings).toEqual(signals.flatMap((signal) => signal?.finding ?? []));
        expect(
          findings.every(({ signal, votes: marked }) => HOLD_SIGNALS.includes(signal) && marked > 0),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which votes are read', () => {
    fc.assert(
      fc.property(manyFacts, fc.nat(), (votes, seed) => {
        const again = [...votes].sort((a, b) => hash(votes.indexOf(a), seed) - hash(votes.indexOf(b), seed));
        const [one, other] = [votes, again].map((list) => lookForHolds(list, rule, BASELINE));
        expect(other?.setAside).toEqual(one?.setAside);
        expect(other?.findings).toEqual(one?.findings);
      }),
    );
  });

  // Behaviour 31a: friends of a bad picture can add votes, and can not take any away.
  it('lets five votes block that stand alone, whatever junk comes with them', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 25 }), (junk) => {
        const honest = someVotes(5, (n) => ({ castAt: NOW - (n + 1) * 86_400_000, ageMinutes: 5_000 }));
        const { votes } = hearVotes([...junk, ...honest], rule, BASELINE, NOW);
        const rest = votes.filter(({ setAside }) => !setAside);
        expect(crossing(rest, rule, 1)).not.toBeNull();
      }),
    );
  });

  it('leaves a vote that nothing marks but the burst of others', () => {
    fc.assert(
      fc.property(manyFacts, (junk) => {
        const honest = aVote({ ageMinutes: 5_000 });
        expect(lookForHolds([...junk, honest], rule, BASELINE).setAside.has(honest)).toBe(false);
      }),
    );
  });
});

const hash = (n: number, seed: number): number => Math.imul(n + 1, seed * 2 + 1) % 101;
