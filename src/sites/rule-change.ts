import type { ThresholdRuleChange } from '../contract/rules.js';
import type { RuleChange } from '../core/threshold-rule.js';

/** A change of a rule as it was asked for, and the version that it was made for, when that was said. */
export function ruleChange({ version: madeFor, ...parts }: ThresholdRuleChange): {
  readonly change: RuleChange;
  readonly madeFor: number | undefined;
} {
  return { change: named(parts) as RuleChange, madeFor };
}

/** Plain objects with what is named and nothing else: request classes may have fields that are undefined. */
function named(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, named(part)]));
}
