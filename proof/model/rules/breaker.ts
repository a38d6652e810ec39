import type { Step } from '../step.js';
import { holdCase } from './holds.js';
import type { Evidence, Image, Model, ReviewCase } from './state.js';
import type { Crossing } from './threshold.js';
import { usualInHour } from './usual.js';

/** Rule 5: so many automatic blocks of the last hour. */
const blocksInHour = (model: Model): number =>
  model.ruleBlocks.filter(({ hour }) => isOfHour(model, hour)).length;

const isOfHour = ({ hour }: Model, at: number): boolean => at > hour - 1;

/** Within the last hour the site was told that its breaker holds. */
const isTold = (model: Model): boolean => model.breakerTold !== null && isOfHour(model, model.breakerTold);

/** So many pass, in whole blocks: `perHour`, or `factor` times what is usual, whichever is more. Null: no bound. */
function limitOf(model: Model): number | null {
  const { breaker } = model.rule;
  if (breaker === null) return null;
  const byUsual = model.wrong === 'breaker-without-factor' ? 0 : breaker.factor * usualInHour(model);
  return Math.floor(Math.max(breaker.perHour, byUsual));
}

/**
 * Whether one more is let through.
 *
 * @param unlocked an undo, which reads the room without a lock: it may not see who goes through at the same time, nor they it
 */
export function hasRoom(step: Step, unlocked: boolean): boolean {
  const { model } = step;
  const limit = model.wrong === 'breaker' ? null : limitOf(model);
  if (limit === null) return true;
  const blocks = blocksInHour(model);
  if (blocks < limit) {
    if (blocks >= (model.rule.breaker?.perHour ?? 0)) step.reach('let through by what is usual');
    return true;
  }
  if (limit > (model.rule.breaker?.perHour ?? 0)) step.reach('more than what is usual lets through');
  const perhapsUnseen =
    step.besides.length > 0 && (unlocked || step.besides.some(({ do: what }) => what === 'undo'));
  return perhapsUnseen && step.oneOf(false, true);
}

/** The severe reason's own are not counted. @returns whether this one is */
export function countBlock({ model }: Step, image: Image, crossedBy: Evidence['crossedBy']): boolean {
  const counts = crossedBy !== 'severe' || model.wrong === 'breaker-counts-severe';
  const made = {
    image: model.images.indexOf(image),
    hour: model.hour,
    moment: model.moment,
    lifted: false,
  };
  if (counts) model.ruleBlocks = [...model.ruleBlocks, made];
  return counts;
}

/** What would have been blocked is held, and the site is told, once an hour. */
export function holdByBreaker(step: Step, awaiting: ReviewCase, { needed, reporters }: Crossing): void {
  const { model } = step;
  if (awaiting.hold !== null) step.reach('held again by the breaker');
  if (awaiting.hold?.by === 'signals') step.reach('held by the breaker after its signs');
  holdCase(step, awaiting, { by: 'breaker', needed, reporters, setAside: null, signs: null });
  if (!isTold(model)) {
    model.breakerTold = model.hour;
    step.reach('the site is told that its breaker holds');
  }
  step.reach(awaiting.held ? 'held by the breaker' : 'held by the breaker, but with the leads');
}

/** What a site is told of its breaker. */
export function automationOf(model: Model): object | null {
  const { breaker } = model.rule;
  if (breaker === null) return null;
  const limit = limitOf(model) ?? 0;
  const tripped = blocksInHour(model) >= limit;
  return {
    limit,
    ...breaker,
    blocksInHour: blocksInHour(model),
    tripped,
    told: tripped && isTold(model),
  };
}
