import { REASONS, type Reason, SEVERE_REASON } from '../../../core/reasons.js';
import type { ThresholdRule } from '../../../core/threshold-rule.js';
import type { Sentence } from '../sentence.js';
import { guarding } from './guard-sentences.js';
import { span } from './span.js';

/** From so many on, votes of one network are as good as not counted. */
const NO_CAP = 1_000;

export const nameOf = (reason: Reason): Sentence => ({ key: `reason.${reason}` });

/** What a rule says, in plain sentences: what blocks, what guards against pile-ons, what becomes of it. */
export function ruleSentences(rule: ThresholdRule): {
  readonly blocking: readonly Sentence[];
  readonly guarding: readonly Sentence[];
  readonly reviewing: readonly Sentence[];
} {
  return {
    blocking: blocking(rule),
    // Where nothing blocks, nothing is to be guarded.
    guarding: rule.autoBlock ? guarding(rule) : [],
    reviewing: [review(rule), afterKeep(rule), overdue(rule)],
  };
}

function blocking(rule: ThresholdRule): Sentence[] {
  const { autoBlock, reporters, windowHours } = rule;
  if (!autoBlock) return [{ key: 'rules.says.nothing' }];
  return [
    { key: 'rules.says.block', values: { reporters, window: span(windowHours) } },
    ...reasons(rule),
    networks(rule),
    { key: 'rules.says.severe', values: { reason: nameOf(SEVERE_REASON) } },
  ];
}

function reasons(rule: ThresholdRule): Sentence[] {
  return REASONS.flatMap((reason): Sentence[] => {
    const own = rule.reasons[reason]?.reporters;
    if (own === undefined || own === rule.reporters) return [];
    const key = own < rule.reporters ? 'rules.says.fewer' : 'rules.says.more';
    return [{ key, values: { reason: nameOf(reason), reporters: own } }];
  });
}

function networks({ perNetwork, minNetworks }: ThresholdRule): Sentence {
  if (minNetworks > 1) return { key: 'rules.says.networks', values: { perNetwork, minNetworks } };
  return perNetwork >= NO_CAP
    ? { key: 'rules.says.noNetworks' }
    : { key: 'rules.says.oneNetwork', values: { perNetwork } };
}

const review = ({ caseAt }: ThresholdRule): Sentence => ({ key: 'rules.says.case', values: { caseAt } });

function afterKeep({ afterKeep: { factor, cooldownHours }, autoBlock }: ThresholdRule): Sentence {
  return factor <= 1 || cooldownHours === 0 || !autoBlock
    ? { key: 'rules.says.keepEnds' }
    : { key: 'rules.says.keep', values: { factor, cooldown: span(cooldownHours) } };
}

const overdue = ({ reviewWithinHours, onOverdue }: ThresholdRule): Sentence => ({
  key: `rules.says.overdue.${onOverdue}`,
  values: { within: span(reviewWithinHours) },
});
