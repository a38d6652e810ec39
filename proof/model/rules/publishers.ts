import { type Answer, type Asked, nameOf, type Named } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import { carryOut, viewImage } from './decisions.js';
import { blockBy, change, imageFor, imageNamed, openCase, strongest } from './images.js';
import { endHold } from './holds.js';
import type { Image, Source } from './state.js';
import { surviving } from './reports.js';
import { liftCounted } from './usual.js';
import { reportsByDefault } from './verdicts.js';

/** As its publisher sees it. */
export function viewPublished(step: Step, image: Image, answer: Answer): void {
  const index = step.model.images.indexOf(image);
  step.view((now, differences) => {
    const shown = surviving(now, index);
    viewImage(now, differences, index, answer.body);
    differences.same('protected', at(answer.body, 'protected'), shown.protected);
    differences.same('appealed', at(answer.body, 'appealed'), openCase(shown)?.appealed === true);
    const said = at(answer.body, 'blocks') as { source: Source }[] | undefined;
    const sources = (all: readonly { source: Source }[]): Source[] => all.map(({ source }) => source).sort();
    differences.same('blocks', said && sources(said), sources(shown.blocks));
  });
}

export function publisherBlock(
  step: Step,
  { image: named, reason }: Extract<Asked, { do: 'publisher-block' }>,
  answer: Answer,
): void {
  const image = imageFor(step.model, nameOf(named));
  step.same('status', answer.status, 200);
  const before = blockBy(image, 'publisher');
  if (before !== undefined) step.reach('publisher block put again');
  change(image, () => {
    image.blocks = image.blocks.filter(({ source }) => source !== 'publisher');
    const { hour, turn } = before ?? step.model;
    image.blocks.push({
      source: 'publisher',
      reason,
      decision: null,
      hour,
      ...(turn === undefined ? {} : { turn }),
    });
  });
  step.reach('publisher blocked');
  viewPublished(step, image, answer);
}

export function publisherUnblock(
  step: Step,
  { image: named }: Extract<Asked, { do: 'publisher-unblock' }>,
  answer: Answer,
): void {
  const image = imageNamed(step.model, nameOf(named));
  if (image === undefined) return step.problem(answer, 404, 'not-found');
  step.same('status', answer.status, 200);
  if (blockBy(image, 'publisher') !== undefined) step.reach('publisher unblocked');
  change(image, () => {
    image.blocks = image.blocks.filter(({ source }) => source !== 'publisher');
  });
  if (strongest(image) !== undefined) step.reach("still blocked after the publisher's unblock");
  viewPublished(step, image, answer);
}

/** Rule 12. */
export function protect(step: Step, { image: named }: { image: Named }, answer: Answer): void {
  const image = imageFor(step.model, nameOf(named));
  step.same('status', answer.status, 200);
  const awaiting = openCase(image);
  endHold(step, awaiting);
  if (blockBy(image, 'threshold') !== undefined) {
    step.reach('protection lifted a block');
    if (awaiting !== undefined) awaiting.placeOfBlock = true;
    liftCounted(step.model, blockBy(image, 'threshold'));
  }
  change(image, () => {
    image.protected = true;
    if (step.model.wrong !== 'protection-leaves')
      image.blocks = image.blocks.filter(({ source }) => source !== 'threshold');
  });
  viewPublished(step, image, answer);
}

export function unprotect(step: Step, { image: named }: { image: Named }, answer: Answer): void {
  const image = imageNamed(step.model, nameOf(named));
  if (image === undefined) return step.problem(answer, 404, 'not-found');
  step.same('status', answer.status, 200);
  if (image.protected) step.reach('protection ended');
  image.protected = false;
  viewPublished(step, image, answer);
}

/** A member of staff blocks the image itself: a decision. */
export function staffBlock(
  step: Step,
  { staff, image: named, policy }: Extract<Asked, { do: 'staff-block' }>,
  answer: Answer,
): void {
  const name = nameOf(named);
  // Only the site itself tells of a new id.
  if (name.startsWith('i') && imageNamed(step.model, name) === undefined)
    return step.problem(answer, 404, 'not-found');
  decideOnImage(step, staff, imageFor(step.model, name), policy, answer);
}

/** ... or takes back what moderators and rules did: a decision, too. */
export function staffUnblock(
  step: Step,
  { staff, image: named }: Extract<Asked, { do: 'staff-unblock' }>,
  answer: Answer,
): void {
  const image = imageNamed(step.model, nameOf(named));
  if (image === undefined) return step.problem(answer, 404, 'not-found');
  decideOnImage(step, staff, image, null, answer);
}

function decideOnImage(
  step: Step,
  staff: string,
  image: Image,
  policy: Extract<Asked, { do: 'staff-block' }>['policy'] | null,
  answer: Answer,
): void {
  const one = openCase(image) ?? null;
  if (one?.status === 'escalated' && staff !== 'lead') {
    step.reach('staff block refused: escalated');
    return step.problem(answer, 403, 'forbidden');
  }
  const others = image.blocks.filter(({ source }) => source !== 'publisher');
  const nothing =
    one === null &&
    (policy === null
      ? others.length === 0
      : others.length === 1 && others[0]?.source === 'moderator' && others[0].reason === policy);
  step.same('status', answer.status, 200);
  if (nothing) {
    step.reach('staff word that changes nothing');
    return viewPublished(step, image, answer);
  }
  const statusBefore = one?.status ?? 'none';
  if (one !== null) one.version += 1;
  const id = String(at(answer.body, 'decision'));
  step.same('a decision', typeof at(answer.body, 'decision'), 'string');
  const action = policy === null ? 'keep' : 'block';
  const reports = reportsByDefault(action);
  carryOut(step, image, { id, staff, action, policy }, one, { request: '', statusBefore, reports });
  if (one !== null) {
    one.status = 'closed';
    one.outcome = action;
    one.lease = null;
  }
  step.reach(`staff ${action} on the image${one === null ? '' : ', which closes its case'}`);
  viewPublished(step, image, answer);
}
