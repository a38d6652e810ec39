import { WITHOUT_CAPS } from '../core/network-caps.js';
import type { RuleChange } from '../core/threshold-rule.js';

/**
 * How the demonstration's rule differs from the default one. Whoever tries it is all of its readers: at one address, within
 * minutes, the same few on one picture after another (docs/rules.md, rules 3 to 5). Elsewhere that is what the rule is for.
 */
export const DEMONSTRATION_RULE = {
  ...WITHOUT_CAPS,
  hold: false,
  reporterBudget: null,
} as const satisfies RuleChange;
