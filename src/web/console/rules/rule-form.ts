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
  readonly burst: string;
  /** In hundredths. */
  readonly newcomers: string;
  readonly sameComment: string;
  readonly cohort: string;
  readonly prolific: string;
  readonly breaker: boolean;
  readonly perHour: string;
  readonly breakerFactor: string;
  readonly budget: boolean;
  readonly deviceBudget: string;
  readonly accountBudget: string;
  readonly mute: boolean;
  readonly dismissed: string;
  readonly forDays: string;
  readonly reviewWithinHours: string;
  readonly onOverdue: ThresholdRule['onOverdue'];
}

type Bounds = readonly [from: number, to: number];

/** What the service takes (contract/rules.ts and rule-parts.ts), by the field and the pointer under which it refuses it. */
export const BOUNDS = {
  reporters: [2, 1_000, '/reporters'],
  windowHours: [1, 8_760, '/windowHours'],
  perNetwork: [1, 1_000, '/perNetwork'],
  minNetworks: [1, 1_000, '/minNetworks'],
  caseAt: [1, 1_000, '/caseAt'],
  factor: [1, 100, '/afterKeep/factor'],
  cooldownHours: [0, 8_760, '/afterKeep/cooldownHours'],
  burst: [1, 1_000, '/holdBounds/burst'],
  newcomers: [0, 100, '/holdBounds/newcomers'],
  sameComment: [2, 1_000, '/holdBounds/sameComment'],
  cohort: [2, 1_000, '/holdBounds/cohort'],
  prolific: [1, 1_000, '/holdBounds/prolific'],
  perHour: [1, 100_000, '/breaker/perHour'],
  breakerFactor: [1, 1_000, '/breaker/factor'],
  deviceBudget: [1, 100_000, '/reporterBudget/device'],
  accountBudget: [1, 100_000, '/reporterBudget/account'],
  dismissed: [2, 1_000, '/muteAfter/dismissed'],
  forDays: [1, 365, '/muteAfter/forDays'],
  reviewWithinHours: [1, 8_760, '/reviewWithinHours'],
} as const satisfies Partial<Record<keyof RuleForm, readonly [number, number, string]>>;
export type NumberName = keyof typeof BOUNDS;

/** Of a reason's own K. */
const REASON_BOUNDS: Bounds = [2, 1_000];

/** A share is typed in hundredths. */
const HUNDRED = 100;

/** What stands in the fields of what is off. */
const BREAKER = { perHour: 20, factor: 4 };
const BUDGET = { device: 5, account: 20 };
const MUTE = { dismissed: 5, forDays: 30 };

export function formOf(rule: ThresholdRule): RuleForm {
  const { breaker, reporterBudget, muteAfter, holdBounds, afterKeep } = rule;
  const { perHour, factor } = breaker ?? BREAKER;
  const { device, account } = reporterBudget ?? BUDGET;
  const { dismissed, forDays } = muteAfter ?? MUTE;
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
    burst: String(holdBounds.burst),
    newcomers: String(Math.round(holdBounds.newcomers * HUNDRED)),
    sameComment: String(holdBounds.sameComment),
    cohort: String(holdBounds.cohort),
    prolific: String(holdBounds.prolific),
    breaker: breaker !== null,
    perHour: String(perHour),
    breakerFactor: String(factor),
    budget: reporterBudget !== null,
    deviceBudget: String(device),
    accountBudget: String(account),
    mute: muteAfter !== null,
    dismissed: String(dismissed),
    forDays: String(forDays),
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
  const was = formOf(saved);
  const field = (name: NumberName, otherwise: number): number => {
    const [from, to, pointer] = BOUNDS[name];
    // What nobody touched stays to the last digit, such as a share of 0.255.
    if (form[name] === was[name]) return otherwise;
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
    holdBounds: {
      burst: field('burst', saved.holdBounds.burst),
      newcomers: field('newcomers', saved.holdBounds.newcomers * HUNDRED) / HUNDRED,
      sameComment: field('sameComment', saved.holdBounds.sameComment),
      cohort: field('cohort', saved.holdBounds.cohort),
      prolific: field('prolific', saved.holdBounds.prolific),
    },
    breaker: form.breaker
      ? {
          perHour: field('perHour', saved.breaker?.perHour ?? BREAKER.perHour),
          factor: field('breakerFactor', saved.breaker?.factor ?? BREAKER.factor),
        }
      : null,
    reporterBudget: form.budget
      ? {
          device: field('deviceBudget', saved.reporterBudget?.device ?? BUDGET.device),
          account: field('accountBudget', saved.reporterBudget?.account ?? BUDGET.account),
        }
      : null,
    muteAfter: form.mute
      ? {
          dismissed: field('dismissed', saved.muteAfter?.dismissed ?? MUTE.dismissed),
          forDays: field('forDays', saved.muteAfter?.forDays ?? MUTE.forDays),
        }
      : null,
    reviewWithinHours: field('reviewWithinHours', saved.reviewWithinHours),
    onOverdue: form.onOverdue,
  };
  return { rule, wrong };
}
