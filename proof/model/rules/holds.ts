import type { Step } from '../step.js';
import type { Hold, Model, ReviewCase } from './state.js';

/** A hold is told once nobody has looked at it for so many hours. */
const HOURS = 1;

/** What would have been blocked goes to the top of the queue, unless it is with the leads: then its case says why it would. */
export function holdCase({ model }: Step, one: ReviewCase, why: Omit<Hold, 'hour'>): void {
  // What begins again, after a protection, is another hold.
  const before = one.held || one.status === 'escalated' ? one.hold : null;
  if (before === null) one.holdTold = false;
  one.hold = { ...why, hour: before?.hour ?? model.hour };
  if (one.status !== 'open' || one.held) return;
  begin(model, one);
  one.timesHeld += 1;
}

function begin(model: Model, one: ReviewCase): void {
  one.held = true;
  one.holdDue = model.hour + HOURS;
}

/** It is blocked after all. */
export function letGo(step: Step, one: ReviewCase): void {
  if (one.held) step.reach('held, and blocked after all');
  Object.assign(one, { hold: null, held: false, holdDue: null });
}

/** What is protected, what a moderator blocked, and what is too little after a keep the rule would not block: nobody has to hurry (10 to 12). */
export function endHold(
  step: Step,
  one: ReviewCase | undefined,
  by: 'protection' | 'block' | 'keep' = 'protection',
): void {
  if (one?.held !== true || (by === 'protection' && step.model.wrong === 'protection-leaves-hold')) return;
  step.reach(`${by} ended a hold`);
  Object.assign(one, { held: false, holdDue: null });
}

/** With the undo of the decision that ended it; it has its time anew. */
export function bringBackHold(step: Step, one: ReviewCase): void {
  if (one.hold === null || one.status !== 'open' || step.model.wrong === 'undo-forgets-hold') return;
  step.reach('undo brought back: a hold');
  begin(step.model, one);
  one.holdTold = false;
}

/** Told once, where it is held still. */
export function tellHold(step: Step, one: ReviewCase): void {
  if (one.holdDue === null || one.holdDue > step.model.hour) return;
  one.holdDue = null;
  if (!one.held || one.holdTold) return;
  one.holdTold = true;
  one.timesTold += 1;
  step.reach('told that a hold is overdue');
}
