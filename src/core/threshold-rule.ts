import { invalid } from './errors.js';
import type { Reason } from './reasons.js';

/**
 * A site's rule that turns a tally into a block; versioned, never retroactive (docs/rules.md, rules 2 to 5, 9, 11, 13, 16).
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
  /** Whether votes weigh what their reporters have earned; else each weighs 1. */
  readonly weights: boolean;
  /** Whether votes that look coordinated are set aside. */
  readonly hold: boolean;
  readonly holdBounds: HoldBounds;
  /** Automatic blocks of the site that an hour lets through: the greater of both. Null: any number. */
  readonly breaker: { readonly perHour: number; readonly factor: number } | null;
  /** Counted votes that one reporter may have on undecided cases; null: any number. */
  readonly reporterBudget: { readonly device: number; readonly account: number } | null;
  /** After so many dismissed votes in a row a reporter is muted for so many days; null: nobody is muted by the rule. */
  readonly muteAfter: { readonly dismissed: number; readonly forDays: number } | null;
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

/** From where on each signal of the hold fires (src/core/hold.ts, docs/rules.md, rule 4). */
export interface HoldBounds {
  /** K votes, so many times faster than is usual where people upheld the block. */
  readonly burst: number;
  /** A share of newcomers so far above the usual one, of 1. */
  readonly newcomers: number;
  /** So many people with the same words. */
  readonly sameComment: number;
  /** So many people who reported another image together, which was dismissed or which nobody has decided on. */
  readonly cohort: number;
  /** So many other reports of one person that were dismissed or that nobody has decided on. */
  readonly prolific: number;
}

export const DEFAULT_THRESHOLD_RULE: ThresholdRule = {
  reporters: 5,
  windowHours: 168,
  perNetwork: 2,
  minNetworks: 3,
  weights: true,
  hold: true,
  holdBounds: { burst: 4, newcomers: 0.25, sameComment: 3, cohort: 2, prolific: 2 },
  breaker: { perHour: 20, factor: 4 },
  reporterBudget: { device: 5, account: 20 },
  muteAfter: null,
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

/** What changes part by part. Those that may be null are off then. */
type InParts = Pick<ThresholdRule, 'afterKeep' | 'holdBounds'>;
type InPartsOrOff = Pick<ThresholdRule, 'breaker' | 'reporterBudget' | 'muteAfter'>;

/** What a change of a rule names: the parts that change, and of a part that has parts those that change; `reasons` as a whole. */
export type RuleChange = Partial<Omit<ThresholdRule, keyof InParts | keyof InPartsOrOff>> & {
  readonly [part in keyof InParts]?: Partial<InParts[part]>;
} & {
  readonly [part in keyof InPartsOrOff]?: Partial<NonNullable<InPartsOrOff[part]>> | null;
};

/**
 * The rule after a change that names only what changes, part by part; `reasons` alone as a whole, since a reason without a K
 * of its own is told by its absence.
 *
 * @param at pointer to the change
 * @throws VigieError INVALID where something that is off is switched on by some of its parts: nobody said what the others are
 */
export function changeRule(rule: ThresholdRule, change: RuleChange, at = ''): ThresholdRule {
  return {
    ...rule,
    ...change,
    afterKeep: { ...rule.afterKeep, ...change.afterKeep },
    holdBounds: { ...rule.holdBounds, ...change.holdBounds },
    breaker: changed(rule.breaker, change.breaker, ['perHour', 'factor'], `${at}/breaker`),
    reporterBudget: changed(
      rule.reporterBudget,
      change.reporterBudget,
      ['device', 'account'],
      `${at}/reporterBudget`,
    ),
    muteAfter: changed(rule.muteAfter, change.muteAfter, ['dismissed', 'forDays'], `${at}/muteAfter`),
  };
}

function changed<T extends object>(
  was: T | null,
  change: Partial<T> | null | undefined,
  parts: readonly (keyof T & string)[],
  at: string,
): T | null {
  if (change === undefined) return was;
  if (change === null) return null;
  const is = { ...was, ...change };
  const missing = parts.find((part) => is[part] === undefined);
  if (missing !== undefined)
    throw invalid(`${at}/${missing}`, 'This is off, and nobody has said how much: name all of its parts.');
  return is as T;
}
