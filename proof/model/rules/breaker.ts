import type { Step } from '../step.js';
import type { Evidence, Model, ReviewCase } from './state.js';

/** Rule 5: so many automatic blocks of this hour; time passes by hours. */
const blocksInHour = ({ hour, ruleBlocks }: Model): number => ruleBlocks.filter((at) => at === hour).length;

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
    model.ruleBlocks = [...model.ruleBlocks.filter((at) => at === model.hour), model.hour];
}

/** What would have been blocked goes to the top of the queue, unless it is with the leads; and the site is told, once an hour. */
export function holdByBreaker(step: Step, awaiting: ReviewCase): void {
  const { model } = step;
  if (awaiting.heldBy !== null) step.reach('held again by the breaker');
  awaiting.heldBy = 'breaker';
  awaiting.held = awaiting.status === 'open';
  if (model.breakerTold !== model.hour) {
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
    told: tripped && model.breakerTold === model.hour,
  };
}
