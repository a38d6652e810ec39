import type { LookAgain } from '../command.js';
import type { Verdict } from '../verdict.js';
import { awaitsDecision, type ImageState } from '../image-state.js';
import { settle, unchanged } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { applyRule, RULE } from './apply-rule.js';

/**
 * Somebody asks that the rule look at an open image now, and not with its next report (docs/rules.md, rule 16). Nothing is unblocked.
 * The breaker, which is there for what nobody looks at, does not stop what a person asked for; a hold does.
 */
export function lookAgain(state: ImageState, command: LookAgain, rule: VersionedRule, now: number): Verdict {
  if (!awaitsDecision(state.case) || command.ruleVersion !== rule.version) return unchanged(state);
  const { next, drafts } = applyRule(state, state, rule, now, { heard: command.heard });
  return { ...settle(state, { next, drafts, actor: RULE, now }), delta: null, severeSpentBy: null };
}
