import type { ThresholdRule } from '../../../core/threshold-rule.js';
import { FULL_WEIGHT, LEAST_WEIGHT, MOST_WEIGHT } from '../../../core/weights.js';
import type { Sentence } from '../sentence.js';
import { span } from './span.js';

/** What a rule says of whose reports count, and of how much is blocked by itself (docs/rules.md, rules 2, 4, 5 and 17). */
export const guarding = (rule: ThresholdRule): readonly Sentence[] => [
  weights(rule),
  ...hold(rule),
  breaker(rule),
  budget(rule),
  mute(rule),
];

const weights = ({ weights, reporters }: ThresholdRule): Sentence =>
  weights
    ? { key: 'rules.says.weights', values: { reporters, ...WEIGHTS } }
    : { key: 'rules.says.noWeights' };

const WEIGHTS = { most: MOST_WEIGHT / FULL_WEIGHT, least: LEAST_WEIGHT / FULL_WEIGHT };

function hold({ hold, holdBounds, reporters }: ThresholdRule): readonly Sentence[] {
  if (!hold) return [{ key: 'rules.says.noHold' }];
  const { burst, newcomers, sameComment, cohort, prolific } = holdBounds;
  return [
    { key: 'rules.says.hold' },
    { key: 'rules.says.burst', values: { reporters, burst } },
    { key: 'rules.says.newcomers', values: { newcomers } },
    { key: 'rules.says.sameComment', values: { sameComment } },
    { key: 'rules.says.cohort', values: { cohort } },
    { key: 'rules.says.prolific', values: { prolific } },
  ];
}

const breaker = ({ breaker }: ThresholdRule): Sentence =>
  breaker === null ? { key: 'rules.says.noBreaker' } : { key: 'rules.says.breaker', values: { ...breaker } };

const budget = ({ reporterBudget }: ThresholdRule): Sentence =>
  reporterBudget === null
    ? { key: 'rules.says.noBudget' }
    : { key: 'rules.says.budget', values: { ...reporterBudget } };

const mute = ({ muteAfter }: ThresholdRule): Sentence =>
  muteAfter === null
    ? { key: 'rules.says.noMute' }
    : {
        key: 'rules.says.mute',
        values: { dismissed: muteAfter.dismissed, time: span(muteAfter.forDays * 24) },
      };
