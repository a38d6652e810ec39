import { REASONS, type Reason } from '../../../core/reasons.js';
import type { ThresholdRule } from '../../../core/threshold-rule.js';

/** A rule as it stands in the fields: numbers as they were typed. */
export interface RuleForm {
  readonly autoBlock: boolean;
  readonly reporters: string;
  readonly windowHours: string;
  readonly perNetwork: string;
  readonly minNetworks: string;
  readonly caseAt: string;
  readonly factor: string;
  readonly cooldownHours: string;
  /** Empty: no K of its own. */
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly weights: boolean;
  readonly hold: boolean;
  readonly breaker: boolean;
  readonly perHour: string;
  readonly breakerFactor: string;
  readonly reviewWithinHours: string;
  readonly onOverdue: ThresholdRule['onOverdue'];
}

type Bounds = readonly [from: number, to: number];

/** What the service takes (contract/rules.ts), by the field and the pointer under which it refuses it. */
export const BOUNDS = {
  reporters: [2, 1_000, '/reporters'],
  windowHours: [1, 8_760, '/windowHours'],
  perNetwork: [1, 1_000, '/perNetwork'],
  minNetworks: [1, 1_000, '/minNetworks'],
  caseAt: [1, 1_000, '/caseAt'],
  factor: [1, 100, '/afterKeep/factor'],
  cooldownHours: [0, 8_760, '/afterKeep/cooldownHours'],
  perHour: [1, 100_000, '/breaker/perHour'],
  breakerFactor: [1, 1_000, '/breaker/factor'],
  reviewWithinHours: [1, 8_760, '/reviewWithinHours'],
} as const satisfies Partial<Record<keyof RuleForm, readonly [number, number, string]>>;
export type NumberName = keyof typeof BOUNDS;

/** Of a reason's own K. */
export const REASON_BOUNDS: Bounds = [2, 1_000];

const BREAKER = { perHour: 20, factor: 4 };

export function formOf(rule: ThresholdRule): RuleForm {
  const { breaker, afterKeep } = rule;
  const { perHour, factor } = breaker ?? BREAKER;
  return {
    autoBlock: rule.autoBlock,
    reporters: String(rule.reporters),
    windowHours: String(rule.windowHours),
    perNetwork: String(rule.perNetwork),
    minNetworks: String(rule.minNetworks),
    caseAt: String(rule.caseAt),
    factor: String(afterKeep.factor),
    cooldownHours: String(afterKeep.cooldownHours),
    reasons: Object.fromEntries(
      REASONS.map((reason) => [reason, String(rule.reasons[reason]?.reporters ?? '')]),
    ) as Record<Reason, string>,
    weights: rule.weights,
    hold: rule.hold,
    breaker: breaker !== null,
    perHour: String(perHour),
    breakerFactor: String(factor),
    reviewWithinHours: String(rule.reviewWithinHours),
    onOverdue: rule.onOverdue,
  };
}

/** The number that was typed; null: it is none that the service takes. */
export function numberOf(typed: string, [from, to]: Bounds): number | null {
  if (!/^\d{1,6}$/.test(typed.trim())) return null;
  const value = Number(typed);
  return value >= from && value <= to ? value : null;
}

/** The rule that a form means, and by pointer the bounds that it breaks; a wrong field keeps what is saved. */
export function ruleOf(
  form: RuleForm,
  saved: ThresholdRule,
): { readonly rule: ThresholdRule; readonly wrong: ReadonlyMap<string, Bounds> } {
  const wrong = new Map<string, Bounds>();
  const read = (typed: string, bounds: Bounds, pointer: string, otherwise: number): number => {
    const value = numberOf(typed, bounds);
    if (value === null) wrong.set(pointer, bounds);
    return value ?? otherwise;
  };
  const field = (name: NumberName, otherwise: number): number => {
    const [from, to, pointer] = BOUNDS[name];
    return read(form[name], [from, to], pointer, otherwise);
  };
  const reasons = REASONS.flatMap((reason) => {
    const typed = form.reasons[reason].trim();
    if (typed === '') return [];
    const reporters = read(
      typed,
      REASON_BOUNDS,
      `/reasons/${reason}/reporters`,
      saved.reasons[reason]?.reporters ?? saved.reporters,
    );
    return [[reason, { reporters }] as const];
  });
  const rule: ThresholdRule = {
    autoBlock: form.autoBlock,
    reporters: field('reporters', saved.reporters),
    windowHours: field('windowHours', saved.windowHours),
    perNetwork: field('perNetwork', saved.perNetwork),
    minNetworks: field('minNetworks', saved.minNetworks),
    caseAt: field('caseAt', saved.caseAt),
    afterKeep: {
      factor: field('factor', saved.afterKeep.factor),
      cooldownHours: field('cooldownHours', saved.afterKeep.cooldownHours),
    },
    reasons: Object.fromEntries(reasons),
    weights: form.weights,
    hold: form.hold,
    holdBounds: saved.holdBounds,
    reporterBudget: saved.reporterBudget,
    muteAfter: saved.muteAfter,
    breaker: form.breaker
      ? {
          perHour: field('perHour', saved.breaker?.perHour ?? BREAKER.perHour),
          factor: field('breakerFactor', saved.breaker?.factor ?? BREAKER.factor),
        }
      : null,
    reviewWithinHours: field('reviewWithinHours', saved.reviewWithinHours),
    onOverdue: form.onOverdue,
  };
  return { rule, wrong };
}

const PARTS = [
  'reporters',
  'windowHours',
  'perNetwork',
  'minNetworks',
  'weights',
  'hold',
  'holdBounds',
  'breaker',
  'reporterBudget',
  'muteAfter',
  'autoBlock',
  'caseAt',
  'reasons',
  'afterKeep',
  'reviewWithinHours',
  'onOverdue',
] as const satisfies readonly (keyof ThresholdRule)[];

/** A rule without what an answer has beside it, such as its version; its parts in an order of their own, as Postgres has none. */
export const bareRule = (rule: ThresholdRule): ThresholdRule => {
  const { breaker, afterKeep, holdBounds, reporterBudget, muteAfter } = rule;
  const ordered: ThresholdRule = {
    ...rule,
    holdBounds: {
      burst: holdBounds.burst,
      newcomers: holdBounds.newcomers,
      sameComment: holdBounds.sameComment,
      cohort: holdBounds.cohort,
      prolific: holdBounds.prolific,
    },
    breaker: breaker && { perHour: breaker.perHour, factor: breaker.factor },
    reporterBudget: reporterBudget && { device: reporterBudget.device, account: reporterBudget.account },
    muteAfter: muteAfter && { dismissed: muteAfter.dismissed, forDays: muteAfter.forDays },
    afterKeep: { factor: afterKeep.factor, cooldownHours: afterKeep.cooldownHours },
    reasons: Object.fromEntries(
      REASONS.flatMap((reason) => {
        const own = rule.reasons[reason];
        return own === undefined ? [] : [[reason, { reporters: own.reporters }]];
      }),
    ),
  };
  return Object.fromEntries(PARTS.map((part) => [part, ordered[part]])) as unknown as ThresholdRule;
};

/** What to send so that one rule becomes the other: the parts that differ. */
export function changeOf(before: ThresholdRule, after: ThresholdRule): Partial<ThresholdRule> {
  const [from, to] = [bareRule(before), bareRule(after)];
  return Object.fromEntries(
    PARTS.filter((part) => JSON.stringify(from[part]) !== JSON.stringify(to[part])).map((part) => [
      part,
      to[part],
    ]),
  );
}
