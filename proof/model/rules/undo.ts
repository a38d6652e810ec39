import type { Answer, Asked } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import { caseById, caseViewOf, decisionsOn, saidOfCase } from './cases.js';
import { viewImage } from './decisions.js';
import { bringBackHold } from './holds.js';
import { change, imageAt, openCase } from './images.js';
import { dueAnew, lookAtRule } from './look-at-rule.js';
import { liftMutes } from './mute-by-rule.js';
import { isOutranked, standing } from './threshold.js';
import { liftCounted } from './usual.js';

/** Rule 15. */
export function undo(
  step: Step,
  { staff, decision: id }: Extract<Asked, { do: 'undo' }>,
  answer: Answer,
): void {
  const { model } = step;
  const decision = model.decisions.find((made) => made.id === id);
  if (decision === undefined) return step.problem(answer, 404, 'not-found');
  const image = imageAt(model, decision.image);
  if (decision.staff !== staff && staff !== 'lead') {
    step.reach('undo refused: of another');
    return step.problem(answer, 403, 'forbidden');
  }
  if (decision.undone) {
    step.reach('undo repeated');
    return step.same('status', answer.status, 200);
  }
  const one = decision.caseId === null ? undefined : caseById(model, decision.caseId)?.found;
  const latest = model.decisions.filter((made) => made.image === decision.image && !made.undone).at(-1);
  const before = decisionsOn(model, image).indexOf(decision);
  const newerCase = image.cases.some((other) => other !== one && other.openedAfter > before);
  // What was decided before anybody told of bytes was decided on the first.
  const otherBytes = (decision.content ?? 1) !== (image.content ?? 1);
  if (latest !== decision || image.merged !== null || otherBytes || newerCase) {
    const why = otherBytes ? 'other bytes' : 'a newer case';
    step.reach(`undo refused: ${latest !== decision ? 'something newer was decided' : why}`);
    return step.problem(answer, 409, 'case-conflict');
  }
  step.same('status', answer.status, 201);
  step.reach(`undone: ${decision.action}`);
  decision.undone = true;
  if (decision.said !== null && decision.said.of.length > 0)
    step.reach('undo took back: what was said of reports');
  const number = model.decisions.indexOf(decision);
  liftMutes(step, number);
  change(image, () => {
    image.blocks = image.blocks.filter(({ source, decision: by }) => source !== 'moderator' || by !== number);
    if (model.wrong === 'undo') return;
    for (const block of decision.removed) {
      // Of images that became one each may bring its moderator's.
      if (image.blocks.some(({ source, decision: by }) => source === block.source && by === block.decision))
        continue;
      if (block.source === 'threshold' && isOutranked(image)) {
        if (image.protected) {
          liftCounted(model, block);
          step.reach('undo brought back nothing: protected');
        }
        continue;
      }
      image.blocks.push(block.source === 'threshold' ? dueAnew(model, block) : block);
      step.reach(`undo brought back: ${block.source}`);
    }
    if (decision.action === 'keep') image.keptHour = decision.keptHourBefore;
    if (one !== undefined && decision.statusBefore !== 'none') {
      one.status = decision.statusBefore;
      one.outcome = null;
      one.version += 1;
      one.lease = null;
      one.held = false;
      // Also by what was said of another image, which became part of it since.
      if (decision.held && !isOutranked(image)) bringBackHold(step, one);
      if (decision.appealed && model.wrong !== 'undo-forgets-appeal') {
        one.appealed = true;
        step.reach('undo brought back: an appeal');
      }
    }
    // Votes that came since never had the chance to count. Without any, the undo is exact.
    if (standing(image).some(({ turn }) => turn > decision.turn)) lookAtRule(step, image, { unlocked: true });
    // What was said while nobody waited for it is urgent now.
    const awaiting = openCase(image);
    if (awaiting !== undefined && standing(image).some(({ urgent }) => urgent)) awaiting.severe = true;
  });
  const index = decision.image;
  step.view((now, differences) => {
    if (decision.caseId !== null) {
      const known = caseById(now, decision.caseId)?.found;
      differences.same('case in the answer', saidOfCase(answer.body, 'case'), known && caseViewOf(known));
    }
    viewImage(now, differences, index, at(answer.body, 'image'));
  });
}
