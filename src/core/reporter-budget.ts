import type { ThresholdRule } from './threshold-rule.js';
import type { ReporterKind } from './vote-facts.js';

/** How many votes of one reporter count on images that nobody has decided yet (docs/rules.md, rule 5). */
export function budgetOf(
  { reporterBudget }: Pick<ThresholdRule, 'reporterBudget'>,
  kind: ReporterKind,
): number {
  if (reporterBudget === null) return Infinity;
  return kind === 'device' ? reporterBudget.device : reporterBudget.account;
}
