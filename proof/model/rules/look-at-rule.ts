import type { Step } from '../step.js';
import { countBlock, hasRoom, holdByBreaker } from './breaker.js';
import { openFor } from './cases.js';
import { coordinated } from './coordinated.js';
import { holdCase, letGo } from './holds.js';
import { mayBlockAlone } from './severe.js';
import { change, imageAt, openCase } from './images.js';
import type { Block, Evidence, Image, Model, Reason, Vote } from './state.js';
import {
  bySevere,
  counted,
  type Crossing,
  crossing,
  crossingOfAll,
  crossingOfPeople,
  crossingOfSevere,
  inWindow,
  reachesK,
  ruleMayBlock,
  standing,
  votesThatCount,
} from './threshold.js';
import { FULL } from './weights.js';

/** Does the round's own case stand closed, so that further votes attach to it? */
const decidedInThisRound = (image: Image): boolean =>
  image.blocks.some(({ source }) => source === 'moderator');

interface Look {
  /** A vote that newly gives the severe reason. */
  readonly teller: Vote | null;
  /** An undo has the rule look. */
  readonly unlocked: boolean;
}

/** After a vote, and whenever something that stood in the way is gone: does a case open, does the rule block? */
export function lookAtRule(
  step: Step,
  image: Image,
  { teller = null, unlocked = false }: Partial<Look> = {},
): void {
  const { model } = step;
  image.lookIsDue = false;
  const votes = standing(image);
  const enough = image.keptHour === null ? votes.length >= model.rule.caseAt : reachesK(model, image);
  const severe = votes.some(({ urgent }) => urgent);
  if (openCase(image) === undefined && !decidedInThisRound(image) && (enough || severe)) openFor(step, image);
  const awaiting = openCase(image);
  if (awaiting !== undefined) awaiting.placeOfBlock = false;
  if (awaiting !== undefined && severe) awaiting.severe = true;
  blockByRule(step, image, { teller, unlocked });
}

/** Rules 2, 4, 5 and 6: adds the rule's block where votes reach it, or one may, and nothing forbids it. */
function blockByRule(step: Step, image: Image, { teller, unlocked }: Look): void {
  const { model } = step;
  const reached = crossing(model, image);
  if (!ruleMayBlock(model, image)) {
    if (reached === null) return;
    if (image.protected) step.reach('protected image reached the threshold');
    return hearTogether(step, image, reached.reason);
  }
  if (reached === null && crossing(unweighed(model), image) !== null)
    step.reach('enough people, who weigh too little');
  const all = crossingOfAll(model, image);
  const people = crossingOfPeople(model, image);
  if (people !== null && hasRoom(step, unlocked)) return block(step, image, people);
  const severe = crossingOfSevere(model, image);
  if (severe !== null) {
    if (people === null && all !== null) step.reach('blocked by the severe reason, and not held');
    return block(step, image, severe);
  }
  if (teller !== null && isHeard(model, image, teller)) {
    if (mayBlockAlone(model, teller)) return blockAlone(step, image, teller);
    step.reach('severe vote beyond its budget');
  }
  if (people !== null) holdByBreaker(step, openFor(step, image), all ?? people);
  else if (all !== null) holdBySigns(step, image, all);
}

/** What is set aside would not have, and the rest is too little (4). */
function holdBySigns(step: Step, image: Image, { needed, reporters }: Crossing): void {
  const one = openFor(step, image);
  const votes = votesThatCount(step.model, image);
  const { aside, signs } = coordinated(step.model, image, votes);
  if (one.hold !== null) step.reach('held again for its signs');
  holdCase(step, one, { by: 'signals', needed, reporters, setAside: aside.length, signs });
  step.reach(one.held ? 'held for its signs' : 'held for its signs, but with the leads');
  for (const { signal } of signs) step.reach(`a sign of a hold: ${signal}`);
  if (votes.some(({ young }) => young)) step.reach('held with a vote of a new device');
}

const unweighed = (model: Model): Model => ({ ...model, rule: { ...model.rule, weights: false } });

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
  const together = step.besides.some(({ do: what }) => what === 'report') && togetherWith(step);
  if (together !== false) {
    const index = model.images.indexOf(image);
    step.view((now, differences) =>
      differences.same(
        'votes that arrived together suffice',
        together.suffice(now, imageAt(now, index)) !== null,
        true,
      ),
    );
    return block(step, image, { ...bySevere(model, image, 2), crossedBy: together.crossedBy });
  }
  teller.spentHour = model.hour;
  block(step, image, bySevere(model, image, 1), true);
}

type Together = Pick<Evidence, 'crossedBy'> & { readonly suffice: typeof crossing };
const TWO_WHO_TELL: Together = { crossedBy: 'severe', suffice: crossingOfSevere };
/** As everybody, whom the breaker counts, where it has room. */
const ENOUGH_PEOPLE: Together = { crossedBy: 'total', suffice: crossingOfPeople };

const togetherWith = (step: Step): Together | false => {
  const way = step.oneOf<Together | false>(false, TWO_WHO_TELL, ENOUGH_PEOPLE);
  return way === ENOUGH_PEOPLE && !hasRoom(step, false) ? TWO_WHO_TELL : way;
};

function block(step: Step, image: Image, { reason, ...evidence }: Crossing, alone = false): void {
  const { model } = step;
  const awaiting = openFor(step, image);
  letGo(step, awaiting);
  const counts = countBlock(step, image, evidence.crossedBy);
  change(image, () => {
    image.blocks.push(
      dueAnew(model, {
        source: 'threshold',
        reason,
        decision: null,
        born: model.images.indexOf(image),
        moment: model.moment,
        turn: model.turn,
        hour: model.hour,
        round: image.round,
        voters: counted(image).map(({ who }) => who),
        besides: goneNow(model, image),
        counts,
        evidence: step.besides.length === 0 ? evidence : null,
        alone,
      }),
    );
  });
  step.reach(`blocked by the rule: ${alone ? 'one severe vote' : evidence.crossedBy}`);
  if (evidence.setAside > 0) step.reach('blocked by the rest of what was set aside');
  if (evidence.weight !== FULL * evidence.reporters) step.reach('blocked by votes with weights of their own');
  if (image.round > 1) step.reach('blocked again after a keep');
}

/** Whose votes were withdrawn in this very moment: when that was, and when the block was set, is compared in milliseconds. */
const goneNow = (model: Model, image: Image): string[] =>
  image.votes
    .filter(
      ({ round, leftOut, withdrawnIn, withdrawn }) =>
        round === image.round && leftOut === null && withdrawn && withdrawnIn === model.moment,
    )
    .map(({ who }) => who);

/** Rule 13: a rule's block has so many hours to be reviewed, from now on, by the rule in force now. */
export function dueAnew(model: Model, block: Block): Block {
  const { rule, ruleVersion } = model;
  const setUnder = block.overdue?.ruleVersion ?? ruleVersion;
  const lifts = rule.onOverdue === 'unblock' && setUnder === ruleVersion;
  return { ...block, overdue: { hour: model.hour + rule.reviewWithinHours, lifts, ruleVersion: setUnder } };
}
