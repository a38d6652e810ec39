import type { Model, Vote } from './state.js';

/** In thousandths, as all weights. */
export const FULL = 1000;
const LEAST = 100;
const MOST = 1600;
const HALVING_DAYS = 180;
const MILLION = 1_000_000;

/** Rule 2: what a vote weighs by what decisions that stand said of its reporter. */
export function weightOf(model: Model, { who, kind }: Pick<Vote, 'who' | 'kind'>): number {
  if (!model.rule.weights || model.wrong === 'weights') return FULL;
  const record = { upheld: 0, dismissed: 0 };
  for (const { said, hour, undone } of model.decisions) {
    if (said?.of.includes(who) !== true) continue;
    if (undone && model.wrong !== 'undo-leaves-verdicts') continue;
    const days = Math.floor((model.hour - hour) / 24);
    record[said.valid ? 'upheld' : 'dismissed'] += Math.round(MILLION * 2 ** (-days / HALVING_DAYS));
  }
  const { upheld, dismissed } = record;
  const earned = Math.round((2 * FULL * (3 * MILLION + upheld)) / (6 * MILLION + upheld + dismissed));
  return Math.min(kind === 'device' ? FULL : MOST, Math.max(LEAST, earned));
}

export const weightOfAll = (model: Model, votes: readonly Vote[]): number =>
  votes.reduce((sum, vote) => sum + weightOf(model, vote), 0);
