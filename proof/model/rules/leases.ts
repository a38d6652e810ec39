import type { Answer, Asked } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import { caseById, caseViewOf, saidOfCase, UNKNOWN } from './cases.js';
import { imagesOf } from './images-of.js';
import { blockBy } from './images.js';
import type { Image, Model, ReviewCase } from './state.js';
import { counted, forTotal, inWindow } from './threshold.js';

/** Between half an hour and three quarters of one (service.ts). */
const LEASE_HOURS = 0.75;
export const leaseHolds = (model: Model, { lease }: ReviewCase): boolean =>
  lease !== null && model.hour < lease.hour + LEASE_HOURS;

/**
 * Its class (docs/priority.md), at least and at most; higher comes first. A case is given its place when something is said of its
 * image, by the rule and the window of that moment, and what the rule blocked keeps its place: where time or the rule went on
 * since, both are right. Within a class harm and age decide, which is not modelled.
 */
function classOf(model: Model, image: Image, one: ReviewCase): { least: number; most: number } {
  const above = (one.severe ? 1000 : 0) + (one.held ? 100 : 0);
  const votes = counted(image);
  const [lowest, highest] = model.everAsked;
  const surely = one.liftedHour !== null || forTotal(model, inWindow(model, image, votes)).length >= highest;
  const perhaps =
    one.placeOfBlock || votes.length >= lowest || image.cases.some(({ round }) => round < image.round);
  // An appeal asks for nothing any more once somebody else has lifted what hid the image; its place is given with the next word.
  const asks = one.appealed && image.blocks.some(({ source }) => source !== 'publisher');
  return {
    least: above + (asks ? 30 : 0) + (surely ? 10 : 0),
    most:
      above +
      (one.appealed ? 30 : 0) +
      (surely || perhaps || blockBy(image, 'threshold') !== undefined ? 10 : 0),
  };
}

/** An hour long a case is not offered again to who put it aside. */
const putAside = (model: Model, staff: string, id: string): boolean => {
  const since = model.skips[`${staff} ${id}`];
  return since !== undefined && model.hour < since + 1;
};

/** The next case by priority. */
export function claim(step: Step, { staff }: Extract<Asked, { do: 'claim' }>, answer: Answer): void {
  const { model } = step;
  const offered = model.images.flatMap((image) =>
    image.cases
      .filter(
        (one) =>
          one.status === 'open' &&
          (model.wrong === 'double-claim' || !leaseHolds(model, one)) &&
          !putAside(model, staff, one.id),
      )
      .map((one) => ({ one, image, ...classOf(model, image, one) })),
  );
  // Claiming waits for nobody: it passes over a case whose row another request holds at that moment.
  const busy = step.besides.flatMap((asked) => imagesOf(model, asked));
  const free = offered.filter(({ image }) => !busy.includes(image));
  if (offered.length === 0 || (free.length === 0 && answer.status === 204)) {
    step.reach('nothing to claim');
    return step.same('status', answer.status, 204);
  }
  step.same('status', answer.status, 200);
  const id = String(at(answer.body, 'id'));
  // One that a report opened at the same moment is known by its image only.
  const name = nameOfSaid(at(answer.body, 'image'));
  const given =
    offered.find(({ one }) => one.id === id) ??
    offered.find(({ one, image }) => one.id === UNKNOWN && image.names.includes(name));
  step.same('the case given is one that was to be had', given !== undefined, true);
  if (given === undefined) return;
  const first = Math.max(0, ...free.map(({ least }) => least));
  step.same('class of the case given', Math.max(given.most, first), given.most);
  given.one.id = id;
  hold(step, given.one, staff, answer);
  step.view((now, differences) => {
    const one = caseById(now, id)?.found;
    differences.same('case claimed', saidOfCase(answer.body), one && caseViewOf(one));
  });
  step.reach('claimed');
}

/** The name of an image as an answer gives its own id or its address. */
export function nameOfSaid(said: unknown): string {
  const ownId = at(said, 'ownId');
  if (typeof ownId === 'string') return ownId.replace('photo-', 'i');
  return String(at(said, 'url')).replace(/^.*\/(\d+)\.jpg$/, 'a$1');
}

function hold(step: Step, one: ReviewCase, staff: string, answer: Answer): void {
  const token = at(answer.body, 'lease', 'token');
  step.same('a token', typeof token, 'string');
  one.lease = { staff, token: String(token), hour: step.model.hour };
}

/** Takes that one, or renews. */
export function lease(
  step: Step,
  { staff, caseId, token }: Extract<Asked, { do: 'lease' }>,
  answer: Answer,
): void {
  const { model } = step;
  const one = caseById(model, caseId)?.found;
  if (one === undefined) return step.problem(answer, 404, 'not-found');
  if (one.status === 'escalated' && staff !== 'lead') {
    // Who may work on it was read a moment earlier, when it was not with the leads yet.
    const before = answer.status === 409 && step.besides.some((asked) => imagesOf(model, asked).length > 0);
    return before ? undefined : step.problem(answer, 403, 'forbidden');
  }
  const closed = one.status === 'closed';
  const refused =
    closed ||
    (token === undefined
      ? leaseHolds(model, one)
      : one.lease === null || one.lease.token !== token || one.lease.staff !== staff);
  if (refused) {
    step.reach(token === undefined ? 'lease refused' : 'renewal refused');
    return step.problem(answer, 409, 'case-conflict');
  }
  step.same('status', answer.status, 200);
  if (token !== undefined) {
    one.lease = { staff, token, hour: model.hour };
    return step.reach('renewed');
  }
  hold(step, one, staff, answer);
  step.reach('leased by name');
}

/** Gives back what is one's own; says nothing of what is not. */
export function release(
  step: Step,
  { staff, caseId, token, skip }: Extract<Asked, { do: 'release' }>,
  answer: Answer,
): void {
  const { model } = step;
  const one = caseById(model, caseId)?.found;
  if (one === undefined) return step.problem(answer, 404, 'not-found');
  step.same('status', answer.status, 204);
  const own = one.lease !== null && one.lease.token === token && one.lease.staff === staff;
  if (own) one.lease = null;
  step.reach(own ? 'released' : "another's lease not released");
  if (skip) {
    model.skips[`${staff} ${caseId}`] = model.hour;
    step.reach('put aside');
  }
}
