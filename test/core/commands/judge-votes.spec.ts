import fc from 'fast-check';
import type { HeardVote } from '../../../src/core/hear-votes.js';
import { roomIn } from '../../../src/core/breaker.js';
import { judgeVotes } from '../../../src/core/commands/judge-votes.js';
import { reasonSet } from '../../../src/core/tally.js';
import { crossing } from '../../../src/core/threshold.js';
import { anImage, aRule, NOW } from '../examples.js';

/** Votes from few networks, of any weight, some of which look coordinated. None is severe: that is never held. */
const vote: fc.Arbitrary<HeardVote> = fc.record({
  reasons: fc.constantFrom(reasonSet(['violence']), reasonSet(['hate', 'spam'])),
  networks: fc.option(
    fc.record({ narrow: fc.constantFrom('a', 'b', 'c', 'd'), wide: fc.constantFrom('x', 'y', 'z') }),
  ),
  weight: fc.integer({ min: 100, max: 1_600 }),
  setAside: fc.boolean(),
});
const votes = fc.array(vote, { maxLength: 16 });
const rule = aRule({ reasons: { hate: { reporters: 3 } } });
const image = anImage();

const judged = (heard: readonly HeardVote[], breaker = roomIn(20, 0)) =>
  judgeVotes(image, rule, NOW, { heard: { votes: heard, findings: [] }, breaker });
const trusted = (all: readonly HeardVote[]): HeardVote[] => all.map((one) => ({ ...one, setAside: false }));

describe('a hold discounts, and does nothing else', () => {
  it('blocks exactly where the votes that are not set aside cross by themselves', () => {
    fc.assert(
      fc.property(votes, (all) => {
        const rest = all.filter(({ setAside }) => !setAside);
        expect(judged(all)?.verdict === 'block').toBe(crossing(rest, rule.rule, 1) !== null);
      }),
      { numRuns: 2_000 },
    );
  });

  it('behaviour 31a: junk beside votes that block saves no picture, however much of it', () => {
    fc.assert(
      fc.property(votes, votes, (honest, junk) => {
        const alone = judged(trusted(honest));
        const among = judged([...junk.map((one) => ({ ...one, setAside: true })), ...trusted(honest)]);
        if (alone?.verdict === 'block')
          expect(among).toMatchObject({ verdict: 'block', crossing: alone.crossing });
        else expect(among?.verdict).not.toBe('block');
      }),
      { numRuns: 2_000 },
    );
  });

  it('holds only what would have been blocked, were no vote set aside', () => {
    fc.assert(
      fc.property(votes, (all) => {
        const without = judged(trusted(all))?.verdict;
        const verdict = judged(all)?.verdict;
        if (without === undefined) expect(verdict).toBeUndefined();
        else expect(verdict).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the breaker', () => {
  it('holds exactly what would be blocked, and says how far it is', () => {
    fc.assert(
      fc.property(votes, (all) => {
        const open = judged(all);
        const tripped = judged(all, roomIn(20, 23));
        if (open?.verdict !== 'block') expect(tripped).toEqual(open);
        else
          expect(tripped).toMatchObject({
            verdict: 'hold',
            hold: { by: 'breaker', blocksInHour: 23, limit: 20 },
          });
      }),
    );
  });
});
