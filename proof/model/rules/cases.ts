import { at } from '../differences.js';
import type { Step } from '../step.js';
import { openCase } from './images.js';
import type { Image, Model, ReviewCase } from './state.js';

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
    appealed: false,
    hold: null,
    held: false,
    holdDue: null,
    holdTold: false,
    timesHeld: 0,
    timesTold: 0,
    placeOfBlock: false,
    openedAfter: decisionsOn(step.model, image).length,
    liftedHour: null,
  };
  image.cases.push(made);
  step.reach(image.keptHour !== null ? 'case opened after a keep' : 'case opened');
  return made;
}

/** Oldest first. */
export function decisionsOn(model: Model, image: Image): Model['decisions'] {
  const index = model.images.indexOf(image);
  return model.decisions.filter(({ image: of }) => of === index);
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
  severe: found.severe,
  appealed: found.appealed,
  held: found.held,
  heldBy: found.hold?.by ?? null,
});

/** What an answer says of a case. */
export function saidOfCase(body: unknown, ...path: string[]): Record<string, unknown> {
  const flags = at(body, ...path, 'flags');
  return {
    status: at(body, ...path, 'status'),
    outcome: at(body, ...path, 'outcome'),
    version: at(body, ...path, 'version'),
    severe: at(body, ...path, 'severe'),
    appealed: Array.isArray(flags) && flags.includes('appealed'),
    held: at(body, ...path, 'held'),
    heldBy: at(body, ...path, 'hold', 'by') ?? null,
  };
}
