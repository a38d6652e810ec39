import type { Answer, Asked } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import type { Model } from './state.js';

/** Rule 17. */
export function isMuted(model: Model, who: string): boolean {
  const mute = model.mutes[who];
  return mute !== undefined && model.wrong !== 'mute' && (mute.until === null || model.hour < mute.until);
}

/** A lead mutes a reader of a case; who is muted already stays so. */
export function mute(
  step: Step,
  { caseId, who, days }: Extract<Asked, { do: 'mute' }>,
  answer: Answer,
): void {
  const { model } = step;
  const stands = isStanding(model, who);
  step.same('status', answer.status, stands ? 200 : 201);
  const id = String(at(answer.body, 'id'));
  step.same('id of the mute', typeof at(answer.body, 'id'), 'string');
  const before = model.mutes[who];
  if (before !== undefined && stands) {
    if (before.id === null) model.mutes[who] = { ...before, id };
    else step.same('the mute that stands', id, before.id);
    return step.reach('muted again');
  }
  const until = days === undefined ? null : model.hour + 24 * days;
  model.mutes[who] = { id, until, caseId, decision: null };
  step.reach('muted');
}

export const isStanding = (model: Model, who: string): boolean => {
  const until = model.mutes[who]?.until;
  return until === null || (until !== undefined && model.hour < until);
};

export function liftMute(
  step: Step,
  { mute: id }: Extract<Asked, { do: 'lift-mute' }>,
  answer: Answer,
): void {
  const { model } = step;
  const [who] = Object.entries(model.mutes).find(([, one]) => one.id === id) ?? [];
  step.same('status', answer.status, 204);
  // It is over, by this very request perhaps: nothing is left to do.
  if (who === undefined || !isStanding(model, who)) return;
  delete model.mutes[who];
  step.reach('mute lifted');
}
