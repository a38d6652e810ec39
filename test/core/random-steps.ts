import fc from 'fast-check';
import { type Reason, SEVERE_REASON } from '../../src/core/reasons.js';
import { DEFAULT_THRESHOLD_RULE, type VersionedRule } from '../../src/core/threshold-rule.js';
import type { BreakerRoom } from '../../src/core/command.js';
import type { Ballot, Step, VoterNetworks } from './in-memory-neck.js';

const reason = fc.constantFrom<Reason>('violence', 'violence', 'hate', 'spam', SEVERE_REASON);

/** A site's rule, small enough that random readers cross it. */
export const rule: fc.Arbitrary<VersionedRule> = fc
  .record({
    reporters: fc.integer({ min: 2, max: 5 }),
    caseAt: fc.integer({ min: 1, max: 4 }),
    perNetwork: fc.integer({ min: 1, max: 3 }),
    minNetworks: fc.integer({ min: 1, max: 3 }),
    autoBlock: fc.constantFrom(true, true, true, false),
    weights: fc.boolean(),
    hold: fc.boolean(),
    holdBounds: fc.record({
      burst: fc.constantFrom(10, 100_000),
      newcomers: fc.constantFrom(0.1, 0.5),
      sameComment: fc.integer({ min: 2, max: 3 }),
      prolific: fc.integer({ min: 1, max: 3 }),
      cohort: fc.integer({ min: 2, max: 3 }),
    }),
    reasons: fc.constantFrom({}, { hate: { reporters: 2 } }, { spam: { reporters: 6 } }),
    afterKeep: fc.record({
      factor: fc.integer({ min: 1, max: 3 }),
      cooldownHours: fc.integer({ min: 1, max: 48 }),
    }),
  })
  .map((change) => ({ version: 1, rule: { ...DEFAULT_THRESHOLD_RULE, ...change } }));

/** Nobody's that is capped, and a few others: few enough to be full soon. */
const networks = fc.constantFrom<VoterNetworks | null>(
  null,
  null,
  { narrow: 'a1', wide: 'a', minted: null },
  { narrow: 'a1', wide: 'a', minted: null },
  { narrow: 'a2', wide: 'a', minted: null },
  { narrow: 'a2', wide: 'a', minted: 'a1' },
  { narrow: 'a3', wide: 'a', minted: 'b1' },
  { narrow: 'b1', wide: 'b', minted: null },
  { narrow: 'b2', wide: 'b', minted: 'a1' },
);

/** Readers that there are. */
export const READERS = 12;
const reader = fc.integer({ min: 0, max: READERS - 1 });

const ballot: fc.Arbitrary<Ballot> = fc.record({
  reader,
  reason,
  networks,
  ageMinutes: fc.constantFrom(null, 1, 1, 10_000),
  comment: fc.constantFrom(
    null,
    'Fake!',
    'This picture is fake, report it',
    'Shame on you, who print such a thing',
  ),
});

const report: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('report' as const),
  ballots: fc.uniqueArray(ballot, { minLength: 1, maxLength: 4, selector: ({ reader }) => reader }),
  budget: fc.boolean(),
  breaker: fc.constantFrom<BreakerRoom | null>(
    null,
    null,
    { left: 1, blocksInHour: 19, limit: 20 },
    { left: 0, blocksInHour: 20, limit: 20 },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: report },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('withdraw' as const), vote: fc.nat({ max: 11 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      action: fc.constantFrom('block' as const, 'keep' as const, 'escalate' as const),
      policy: reason,
      onCase: fc.boolean(),
      lead: fc.boolean(),
      valid: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('undo' as const),
      decision: fc.constantFrom(0, 0, 0, 1),
      lead: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('publisher-block' as const),
      reason,
      note: fc.constantFrom(null, 'ours'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('publisher-unblock' as const, 'protect' as const, 'unprotect' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('appeal' as const, 'appeal' as const, 'withdraw-appeal' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('tell-views' as const),
      perHour: fc.constantFrom(0, 100, 1_000_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      picture: fc.integer({ min: 0, max: 2 }),
      announced: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('match' as const, 'match' as const, 'release' as const),
      source: fc.constantFrom('17', '18'),
      reason,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('change-rule' as const),
      reporters: fc.integer({ min: 2, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      hours: fc.constantFrom(0.02, 0.5, 1, 5, 40, 5_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('judge-elsewhere' as const),
      readers: fc.uniqueArray(reader, { minLength: 1, maxLength: 8 }),
      valid: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('undo-elsewhere' as const), decision: fc.nat({ max: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('learn' as const),
      baseline: fc.constantFrom(null, {
        blocksPerHour: 2,
        upheld: 40,
        spanSeconds: 1_800,
        newcomerShare: 0.1,
      }),
    }),
  },
);
/** What may happen to one image, in order. */
export const steps = fc.array(step, { maxLength: 40, size: 'max' });
