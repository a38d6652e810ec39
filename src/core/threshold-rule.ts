import type { Reason } from './reasons.js';

/**
 * A site's rule that turns a tally into a block; versioned, never retroactive (docs/rules.md, rules 2 to 5, 9, 11, 13, 16).
 * `weights`, `hold`, `breaker`, `reviewWithinHours` and `onOverdue` are kept with the rule and take effect with the parts
 * of Vigie that carry them out (ARCHITECTURE.md, "Not built yet").
 */
export interface ThresholdRule {
  /** K: at least so many different reporters block an image. 2 to 1000. */
  readonly reporters: number;
  /** Only votes cast in the last so many hours count. 1 to 8760. */
  readonly windowHours: number;
  /** Of one narrow network at most so many capped votes count. 1 to 1000. */
  readonly perNetwork: number;
  /** Capped votes must come from so many narrow networks to block; 1: networks tell nothing. */
  readonly minNetworks: number;
  readonly weights: boolean;
  readonly hold: boolean;
  readonly breaker: { readonly perHour: number; readonly factor: number } | null;
  /** False: reports only queue, nothing is blocked by itself. */
  readonly autoBlock: boolean;
  /** A case opens once so many have voted. */
  readonly caseAt: number;
  /** A reason's own K. */
  readonly reasons: Readonly<Partial<Record<Reason, { readonly reporters: number }>>>;
  /** After a keep: `factor` times K for `cooldownHours`. */
  readonly afterKeep: { readonly factor: number; readonly cooldownHours: number };
  readonly reviewWithinHours: number;
  readonly onOverdue: 'stay' | 'unblock';
}

export const DEFAULT_THRESHOLD_RULE: ThresholdRule = {
  reporters: 5,
  windowHours: 168,
  perNetwork: 2,
  minNetworks: 3,
  weights: true,
  hold: true,
  breaker: { perHour: 20, factor: 4 },
  autoBlock: true,
  caseAt: 1,
  reasons: {},
  afterKeep: { factor: 3, cooldownHours: 168 },
  reviewWithinHours: 24,
  onOverdue: 'stay',
};

/** A rule as it stands under a version number. */
export interface VersionedRule {
  readonly version: number;
  readonly rule: ThresholdRule;
}

/** What a change of a rule may name: any of its parts, and any part of `afterKeep`. */
export type RuleChange = Partial<Omit<ThresholdRule, 'afterKeep'>> & {
  readonly afterKeep?: Partial<ThresholdRule['afterKeep']>;
};

/** The rule after a change that names only what changes. `reasons` is replaced as a whole, `afterKeep` key by key. */
export function changeRule(rule: ThresholdRule, change: RuleChange): ThresholdRule {
  return { ...rule, ...change, afterKeep: { ...rule.afterKeep, ...change.afterKeep } };
}
