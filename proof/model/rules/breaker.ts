import type { Step } from '../step.js';
import { holdCase } from './holds.js';
import type { Evidence, Model, ReviewCase } from './state.js';
import type { Crossing } from './threshold.js';

/** Rule 5: so many automatic blocks of the last hour. */
const blocksInHour = (model: Model): number => model.ruleBlocks.filter((at) => isOfHour(model, at)).length;

const isOfHour = ({ hour }: Model, at: number): boolean => at > hour - 1;

/** Within the last hour the site was told that its breaker holds. */
const isTold = (model: Model): boolean => model.breakerTold !== null && isOfHour(model, model.breakerTold);

/** `perHour` alone: `factor` multiplies what a worker measured of a site, and where none did it says nothing (rule 5). Null: no bound. */
const limitOf = ({ rule, wrong }: Model): number | null =>
  wrong === 'breaker' ? null : (rule.breaker?.perHour ?? null);

/**
 * Whether one more is let through.
 *
 * @param unlocked an undo, which reads the room without a lock: it may not see who goes through at the same time, nor they it
 */
export function hasRoom(step: Step, unlocked: boolean): boolean {
  const limit = limitOf(step.model);
  if (limit === null || blocksInHour(step.model) < limit) return true;
  const perhapsUnseen =
    step.besides.length > 0 && (unlocked || step.besides.some(({ do: what }) => what === 'undo'));
  return perhapsUnseen && step.oneOf(false, true);
}

/** The severe reason's own are not counted. */
export function countBlock({ model }: Step, crossedBy: Evidence['crossedBy']): void {
  if (crossedBy !== 'severe' || model.wrong === 'breaker-counts-severe')
    model.ruleBlocks = [...model.ruleBlocks.filter((at) => isOfHour(model, at)), model.hour];
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
  const tripped = blocksInHour(model) >= breaker.perHour;
  return {
    limit: breaker.perHour,
    ...breaker,
    blocksInHour: blocksInHour(model),
    tripped,
    told: tripped && isTold(model),
  };
}
