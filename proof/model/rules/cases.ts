import { at } from '../differences.js';
import type { Step } from '../step.js';
import { change, type Image, type Model, openCase, type ReviewCase, SEVERE } from './state.js';
import { crossing, reachesK, ruleMayBlock, standing } from './threshold.js';

/** Its id is what the service will say it is: see `learnCases`. */
export const UNKNOWN = 'not told yet';

/** Rule 9: one case of an image awaits a decision at most. */
export function openFor(step: Step, image: Image): ReviewCase {
  const awaiting = openCase(image);
  if (awaiting !== undefined) return awaiting;
  const made: ReviewCase = {
    id: UNKNOWN,
    round: image.round,
    status: 'open',
    outcome: null,
    version: 1,
    lease: null,
    severe: false,
    supportWithdrawn: false,
  };
  image.cases.push(made);
  step.reach(image.keptHour !== null ? 'case opened after a keep' : 'case opened');
  return made;
}

/** Does the round's own case stand closed, so that further votes attach to it? */
const decidedInThisRound = (image: Image): boolean =>
  image.blocks.some(({ source }) => source === 'moderator');

/** After a vote, and whenever something that stood in the way is gone: does a case open, does the rule block? */
export function lookAtRule(step: Step, image: Image): void {
  const { model } = step;
  const votes = standing(image);
  const enough = image.keptHour === null ? votes.length >= model.rule.caseAt : reachesK(model, image);
  const severe = votes.some(({ reasons }) => reasons.includes(SEVERE));
  if (openCase(image) === undefined && !decidedInThisRound(image) && (enough || severe)) openFor(step, image);
  const awaiting = openCase(image);
  if (awaiting !== undefined && severe) awaiting.severe = true;
  blockByRule(step, image);
}

/** Rule 2: adds the rule's block where votes reach it and nothing forbids it. */
export function blockByRule(step: Step, image: Image): void {
  const { model } = step;
  const reached = crossing(model, image);
  if (reached === null) return;
  if (image.protected) step.reach('protected image reached the threshold');
  if (!ruleMayBlock(model, image)) return;
  openFor(step, image);
  change(image, () => {
    image.blocks.push({
      source: 'threshold',
      reason: reached.reason,
      decision: null,
      severe: reached.by === 'severe',
    });
  });
  step.reach(`blocked by the rule: ${reached.by}`);
  if (image.round > 1) step.reach('blocked again after a keep');
}

export const caseById = (model: Model, id: string): { image: Image; found: ReviewCase } | undefined => {
  for (const image of model.images) {
    const found = image.cases.find((one) => one.id === id);
    if (found !== undefined) return { image, found };
  }
  return undefined;
};

export const caseViewOf = (found: ReviewCase): Record<string, unknown> => ({
  status: found.status,
  outcome: found.outcome,
  version: found.version,
});

/** What an answer says of a case. */
export const saidOfCase = (body: unknown, ...path: string[]): Record<string, unknown> => ({
  status: at(body, ...path, 'status'),
  outcome: at(body, ...path, 'outcome'),
  version: at(body, ...path, 'version'),
});
