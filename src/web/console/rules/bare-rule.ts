import { REASONS } from '../../../core/reasons.js';
import type { ThresholdRule } from '../../../core/threshold-rule.js';

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
  const { holdBounds, breaker, reporterBudget, muteAfter, afterKeep } = rule;
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
