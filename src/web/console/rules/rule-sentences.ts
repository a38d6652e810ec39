import { REASONS, type Reason, SEVERE_REASON } from '../../../core/reasons.js';
import type { ThresholdRule } from '../../../core/threshold-rule.js';
import type { Sentence } from '../sentence.js';

/** From so many on, votes of one network are as good as not counted. */
const NO_CAP = 1_000;

/** A span of time as people say it: whole days where there are some. */
export const span = (hours: number): Sentence =>
  hours >= 48 && hours % 24 === 0
    ? { key: 'rules.days', values: { days: hours / 24 } }
    : { key: 'rules.hours', values: { hours } };

export const nameOf = (reason: Reason): Sentence => ({ key: `reason.${reason}` });

/** What a rule says, in plain sentences: what is in force, and what is kept for later. */
export function ruleSentences(rule: ThresholdRule): {
  readonly inForce: readonly Sentence[];
  readonly later: readonly Sentence[];
} {
  return { inForce: [...blocking(rule), review(rule), afterKeep(rule)], later: later(rule) };
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

function later({ weights, hold, breaker, reviewWithinHours, onOverdue }: ThresholdRule): Sentence[] {
  return [
    { key: weights ? 'rules.says.weights' : 'rules.says.noWeights' },
    { key: hold ? 'rules.says.hold' : 'rules.says.noHold' },
    breaker === null
      ? { key: 'rules.says.noBreaker' }
      : { key: 'rules.says.breaker', values: { ...breaker } },
    { key: `rules.says.overdue.${onOverdue}`, values: { within: span(reviewWithinHours) } },
  ];
}
