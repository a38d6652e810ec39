import fc from 'fast-check';
import type { Rule } from '../rules/state.js';

/** Small, so that it happens. */
const holdBounds = fc.record({
  burst: fc.constantFrom(1, 4),
  sameComment: fc.integer({ min: 2, max: 3 }),
  cohort: fc.integer({ min: 2, max: 3 }),
  prolific: fc.integer({ min: 1, max: 3 }),
});

const muteAfter = fc.constantFrom(
  null,
  { dismissed: 2, forDays: 1 },
  { dismissed: 2, forDays: 7 },
  { dismissed: 3, forDays: 2 },
);

/** What a lead changes of it. */
export const change: fc.Arbitrary<Partial<Rule>> = fc.oneof(
  fc.record({ reporters: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ caseAt: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ autoBlock: fc.boolean() }),
  fc.record({ windowHours: fc.integer({ min: 2, max: 40 }) }),
  fc.record({ perNetwork: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ onOverdue: fc.constantFrom('stay', 'unblock') }),
  fc.record({ weights: fc.boolean() }),
  fc.record({ muteAfter }),
  fc.record({ hold: fc.boolean() }),
  fc.record({ holdBounds }),
  fc.record({
    breaker: fc.constantFrom(
      null,
      { perHour: 1, factor: 4 },
      { perHour: 2, factor: 1 },
      { perHour: 1, factor: 1000 },
      { perHour: 2, factor: 1000 },
    ),
  }),
);

const anyRule: fc.Arbitrary<Rule> = fc.record({
  reporters: fc.integer({ min: 2, max: 4 }),
  windowHours: fc.constantFrom(6, 24, 168),
  perNetwork: fc.integer({ min: 1, max: 2 }),
  minNetworks: fc.integer({ min: 1, max: 3 }),
  weights: fc.boolean(),
  hold: fc.constantFrom(false, false, false, true, true),
  holdBounds,
  muteAfter,
  breaker: fc.constantFrom(
    null,
    null,
    { perHour: 1, factor: 4 },
    { perHour: 1, factor: 1 },
    { perHour: 2, factor: 1 },
    { perHour: 1, factor: 1000 },
    { perHour: 1, factor: 1000 },
  ),
  autoBlock: fc.constantFrom(true, true, true, true, false),
  caseAt: fc.constantFrom(1, 1, 1, 2, 3),
  reasons: fc.constantFrom({}, {}, { hate: { reporters: 2 } }, { spam: { reporters: 4 } }),
  afterKeep: fc.record({ factor: fc.constantFrom(1, 2, 2), cooldownHours: fc.constantFrom(0, 5, 100) }),
  reporterBudget: fc.constantFrom(null, null, { device: 1, account: 2 }),
  reviewWithinHours: fc.constantFrom(1, 1, 4, 24),
  onOverdue: fc.constantFrom('stay', 'unblock', 'unblock'),
});

/** Of so few blocks as a sequence has the breaker of such a rule lets more through than it does anyway. */
export const asksWhatIsUsual = ({ breaker }: Rule): boolean => (breaker?.factor ?? 0) > 100;

/** With which rule a world begins. Where the breaker asks what is usual, the rule blocks easily. */
export const rules: fc.Arbitrary<Rule> = anyRule.map((rule) =>
  asksWhatIsUsual(rule)
    ? { ...rule, reporters: 2, hold: false, autoBlock: true, reporterBudget: null }
    : rule,
);
