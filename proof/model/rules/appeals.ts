import { type Answer, nameOf, type Named } from '../asked.js';
import type { Step } from '../step.js';
import { openFor } from './cases.js';
import { viewPublished } from './publishers.js';
import { change, imageNamed, openCase } from './images.js';
import { type Image, type ReviewCase, SEVERE } from './state.js';
import { standing } from './threshold.js';

const isOfOthers = ({ source }: Image['blocks'][number]): boolean => source !== 'publisher';

/** Rule 12: the publisher's word that a blocked image is right. Nothing is lifted; a person looks again. */
export function appeal(step: Step, { image: named }: { image: Named }, answer: Answer): void {
  const image = imageNamed(step.model, nameOf(named));
  if (image === undefined) return step.problem(answer, 404, 'not-found');
  if (!image.blocks.some(isOfOthers)) {
    step.reach(image.blocks.length === 0 ? 'appeal refused: visible' : 'appeal refused: own block');
    return step.problem(answer, 409, 'conflict');
  }
  step.same('status', answer.status, 200);
  const awaiting = openCase(image);
  if (awaiting?.appealed === true) step.reach('appealed again');
  else {
    const one = awaiting ?? caseToLookAgain(step, image);
    one.appealed = true;
    if (standing(image).some(({ urgent }) => urgent)) one.severe = true;
    step.reach(awaiting === undefined ? 'appealed: a case is open again' : 'appealed: its case rises');
  }
  if (step.model.wrong === 'appeal-lifts')
    change(image, () => {
      image.blocks = image.blocks.filter(({ source }) => source !== 'threshold');
    });
  viewPublished(step, image, answer);
}

/** The round's case once more, or a first one where staff blocked the image outside of any. */
function caseToLookAgain(step: Step, image: Image): ReviewCase {
  const own = image.cases.find(({ round }) => round === image.round);
  if (own === undefined) {
    const made = openFor(step, image);
    made.severe = image.blocks.some((block) => isOfOthers(block) && block.reason === SEVERE);
    return made;
  }
  if (step.model.wrong !== 'appeal-leaves-closed') own.status = 'open';
  own.outcome = null;
  own.version += 1;
  own.lease = null;
  return own;
}

/** The case stays, at its usual place. */
export function withdrawAppeal(step: Step, { image: named }: { image: Named }, answer: Answer): void {
  const image = imageNamed(step.model, nameOf(named));
  if (image === undefined) return step.problem(answer, 404, 'not-found');
  step.same('status', answer.status, 200);
  const awaiting = openCase(image);
  if (awaiting?.appealed === true) {
    awaiting.appealed = false;
    step.reach('appeal withdrawn');
  }
  viewPublished(step, image, answer);
}
