import { REASONS } from '../../../core/reasons.js';
import type { ThresholdRule } from '../../../core/threshold-rule.js';
import type { Sentence } from '../sentence.js';
import { nameOf } from './rule-sentences.js';
import { span } from './span.js';

const number = (value: number): Sentence => ({ key: 'rules.number', values: { value } });
const times = (value: number): Sentence => ({ key: 'rules.times', values: { value } });
const share = (value: number): Sentence => ({ key: 'rules.share', values: { value } });
const onOff = (value: boolean): Sentence => ({ key: value ? 'rules.on' : 'rules.off' });

/** What of a rule has one value, and how it is said. */
const PARTS: readonly (readonly [string, (rule: ThresholdRule) => Sentence])[] = [
  ['autoBlock', (rule) => onOff(rule.autoBlock)],
  ['reporters', (rule) => number(rule.reporters)],
  ['windowHours', (rule) => span(rule.windowHours)],
  ['perNetwork', (rule) => number(rule.perNetwork)],
  ['minNetworks', (rule) => number(rule.minNetworks)],
  ['caseAt', (rule) => number(rule.caseAt)],
  ['afterKeep.factor', (rule) => number(rule.afterKeep.factor)],
  ['afterKeep.cooldownHours', (rule) => span(rule.afterKeep.cooldownHours)],
  ['weights', (rule) => onOff(rule.weights)],
  ['hold', (rule) => onOff(rule.hold)],
  ['holdBounds.burst', ({ holdBounds }) => times(holdBounds.burst)],
  ['holdBounds.newcomers', ({ holdBounds }) => share(holdBounds.newcomers)],
  ['holdBounds.sameComment', ({ holdBounds }) => number(holdBounds.sameComment)],
  ['holdBounds.cohort', ({ holdBounds }) => number(holdBounds.cohort)],
  ['holdBounds.prolific', ({ holdBounds }) => number(holdBounds.prolific)],
  ['breaker', ({ breaker }) => (breaker === null ? onOff(false) : breakerOf(breaker))],
  ['reporterBudget', ({ reporterBudget: budget }) => (budget === null ? onOff(false) : budgetOf(budget))],
  ['muteAfter', ({ muteAfter }) => (muteAfter === null ? onOff(false) : muteOf(muteAfter))],
  ['reviewWithinHours', (rule) => span(rule.reviewWithinHours)],
  ['onOverdue', (rule) => ({ key: `rules.onOverdue.${rule.onOverdue}` })],
];

const breakerOf = ({ perHour, factor }: NonNullable<ThresholdRule['breaker']>): Sentence => ({
  key: 'rules.breakerIs',
  values: { perHour, factor },
});

const budgetOf = ({ device, account }: NonNullable<ThresholdRule['reporterBudget']>): Sentence => ({
  key: 'rules.budgetIs',
  values: { device, account },
});

const muteOf = ({ dismissed, forDays }: NonNullable<ThresholdRule['muteAfter']>): Sentence => ({
  key: 'rules.muteIs',
  values: { dismissed, time: span(forDays * 24) },
});

/** What differs between two rules, a sentence for each difference; nothing where they say the same. */
export function ruleChanges(before: ThresholdRule, after: ThresholdRule): Sentence[] {
  const parts = PARTS.flatMap(([part, say]): Sentence[] => {
    const [from, to] = [say(before), say(after)];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [changed({ key: `rules.part.${part}` as Sentence['key'] }, from, to)];
  });
  const reasons = REASONS.flatMap((reason): Sentence[] => {
    const [from, to] = [before.reasons[reason]?.reporters, after.reasons[reason]?.reporters];
    if (from === to) return [];
    const part: Sentence = { key: 'rules.part.ofReason', values: { reason: nameOf(reason) } };
    return [changed(part, ownOf(from), ownOf(to))];
  });
  return [...parts, ...reasons];
}

const ownOf = (reporters: number | undefined): Sentence =>
  reporters === undefined ? { key: 'rules.asAll' } : number(reporters);

const changed = (part: Sentence, from: Sentence, to: Sentence): Sentence => ({
  key: 'rules.changed',
  values: { part, from, to },
});
