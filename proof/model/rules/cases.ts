import { at } from '../differences.js';
import type { Step } from '../step.js';
import {
  type Block,
  change,
  type Image,
  imageAt,
  type Model,
  openCase,
  type Reason,
  type ReviewCase,
  SEVERE,
  type Vote,
} from './state.js';
import { mayBlockAlone } from './severe.js';
import { crossing, inWindow, reachesK, ruleMayBlock, standing } from './threshold.js';

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

/** Does the round's own case stand closed, so that further votes attach to it? */
const decidedInThisRound = (image: Image): boolean =>
  image.blocks.some(({ source }) => source === 'moderator');

/**
 * After a vote, and whenever something that stood in the way is gone: does a case open, does the rule block?
 *
 * @param teller a vote that newly gives the severe reason
 */
export function lookAtRule(step: Step, image: Image, teller: Vote | null = null): void {
  const { model } = step;
  const votes = standing(image);
  const enough = image.keptHour === null ? votes.length >= model.rule.caseAt : reachesK(model, image);
  const severe = votes.some(({ urgent }) => urgent);
  if (openCase(image) === undefined && !decidedInThisRound(image) && (enough || severe)) openFor(step, image);
  const awaiting = openCase(image);
  if (awaiting !== undefined && severe) awaiting.severe = true;
  blockByRule(step, image, teller);
}

/** Rules 2 and 6: adds the rule's block where votes reach it, or one may, and nothing forbids it. */
function blockByRule(step: Step, image: Image, teller: Vote | null): void {
  const { model } = step;
  const reached = crossing(model, image);
  if (reached !== null) {
    if (image.protected) step.reach('protected image reached the threshold');
    if (ruleMayBlock(model, image)) block(step, image, reached);
    else hearTogether(step, image, reached.reason);
  } else if (teller !== null && ruleMayBlock(model, image) && isHeard(model, image, teller)) {
    if (mayBlockAlone(model, teller)) blockAlone(step, image, teller);
    else step.reach('severe vote beyond its budget');
  }
}

/** Rule 7: what arrives together counts together, so the reason may be that of all votes of the moment in which they crossed. */
function hearTogether(step: Step, image: Image, reason: Reason): void {
  const { moment } = step.model;
  image.blocks = image.blocks.map((block) => {
    const isOfNow = block.source === 'threshold' && block.moment === moment && step.besides.length > 0;
    if (!isOfNow || block.reason === reason || step.oneOf(false, true)) return block;
    step.reach('reason of the votes that crossed together');
    return { ...block, reason };
  });
}

/** These bytes were never kept, the vote counts, and is of the window. */
const isHeard = (model: Model, image: Image, teller: Vote): boolean =>
  image.keptHour === null && teller.leftOut === null && inWindow(model, image, [teller]).length > 0;

/**
 * What arrives together counts together: where other votes of the same moment suffice with this one, no budget is spent. That
 * they do must be so once they were taken, too.
 */
function blockAlone(step: Step, image: Image, teller: Vote): void {
  const { model } = step;
  const index = model.images.indexOf(image);
  const others = step.besides.some(({ do: what }) => what === 'report');
  if (others && step.oneOf(false, true)) {
    step.view((now, differences) =>
      differences.same(
        'votes that arrived together suffice',
        crossing(now, imageAt(now, index)) !== null,
        true,
      ),
    );
    return block(step, image, { by: 'severe', reason: SEVERE });
  }
  teller.spentHour = model.hour;
  block(step, image, { by: 'severe', reason: SEVERE }, true);
}

function block(
  step: Step,
  image: Image,
  { by, reason }: NonNullable<ReturnType<typeof crossing>>,
  alone = false,
): void {
  const { model } = step;
  openFor(step, image);
  change(image, () => {
    image.blocks.push(
      dueAnew(model, {
        source: 'threshold',
        reason,
        decision: null,
        moment: model.moment,
        hour: model.hour,
        alone,
      }),
    );
  });
  step.reach(`blocked by the rule: ${alone ? 'one severe vote' : by}`);
  if (image.round > 1) step.reach('blocked again after a keep');
}

/** Rule 13: a rule's block has so many hours to be reviewed, from now on, by the rule in force now. */
export function dueAnew(model: Model, block: Block): Block {
  const { rule, ruleVersion } = model;
  const setUnder = block.overdue?.ruleVersion ?? ruleVersion;
  const lifts = rule.onOverdue === 'unblock' && setUnder === ruleVersion;
  return { ...block, overdue: { hour: model.hour + rule.reviewWithinHours, lifts, ruleVersion: setUnder } };
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
  };
}
