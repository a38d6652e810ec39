import type { DecisionAsked } from '../asked.js';
import type { Step } from '../step.js';
import { blockBy } from './images.js';
import type { Block, Decision, Image, Model, Vote } from './state.js';

export type Reports = NonNullable<DecisionAsked['reports']>;

/** What a decision that says nothing of the reports says of them. */
export const reportsByDefault = (action: Decision['action']): Reports =>
  action === 'block' ? 'valid' : 'ignore';

/** Whom a decision calls right (`valid`) or wrong; null: it says nothing of anybody. */
export type Said = { readonly valid: boolean; readonly of: readonly string[] } | null;

/**
 * Rule 8: whom a decision judges. Of a round in which the rule blocked those who did; else all whose votes stand. Nobody twice
 * by decisions that stand.
 *
 * @param from the round of the case that is decided: after the undo of a keep an earlier one than the image's
 */
export function sayOfReports(
  step: Step,
  image: Image,
  { action, reports, from }: { action: Decision['action']; reports: Reports; from: number },
): Said {
  if (action === 'escalate' || reports === 'ignore') return null;
  const { model } = step;
  const rounds = Array.from({ length: image.round - from + 1 }, (_, n) => from + n);
  const judged = rounds.flatMap((round) =>
    castOn(model, image, round).filter(
      (vote) =>
        vote.leftOut === null &&
        !isJudged(model, image, { who: vote.who, round }) &&
        isBehind(step, vote, ruleBlockOf(model, image, round)),
    ),
  );
  return { valid: reports === 'valid', of: [...new Set(judged.map(({ who }) => who))].sort() };
}

/** The votes of a round of an image, and those that had been withdrawn, so stayed behind, on what became part of it in that round. */
export function castOn(model: Model, image: Image, round: number): readonly Vote[] {
  const own = image.votes.filter((vote) => vote.round === round);
  if (model.wrong === 'merge-forgets-withdrawn') return own;
  const behind = partsOf(model, image, round).flatMap((part) => castOn(model, part, part.round));
  return [...own, ...behind.filter(({ withdrawn }) => withdrawn)];
}

const partsOf = (model: Model, image: Image, round: number): readonly Image[] => {
  const index = model.images.indexOf(image);
  return model.images.filter(({ merged }) => merged?.into === index && merged.round === round);
};

/** Also where their vote came along with an image that became part of this one, and was judged there. */
const isJudged = (model: Model, image: Image, { who, round }: Pick<Vote, 'who' | 'round'>): boolean =>
  standingDecisions(model, image).some(
    ({ roundBefore, said }) => roundBefore >= round && said?.of.includes(who) === true,
  ) ||
  (model.wrong !== 'merge-judges-twice' &&
    partsOf(model, image, round).some((part) => isJudged(model, part, { who, round: part.round })));

/** Rule 7: of those who came in the moment of the block, each may have been one of the votes that crossed together. */
function isBehind(step: Step, { who, withdrawn }: Vote, block: Block | undefined): boolean {
  if (block?.voters === undefined || step.model.wrong === 'latecomers-judged') return !withdrawn;
  if (block.voters.includes(who)) {
    if (withdrawn) step.reach('judged: a vote that was withdrawn from the block');
    return true;
  }
  const together = block.besides?.includes(who) === true && step.oneOf(false, true);
  if (!together) step.reach('not judged: a vote after the block');
  return together;
}

const standingDecisions = (model: Model, image: Image): Decision[] =>
  model.decisions.filter(({ image: of, undone }) => model.images[of] === image && !undone);

/** The rule's block of a round: it stands, or a decision that stands took its place. */
function ruleBlockOf(model: Model, image: Image, round: number): Block | undefined {
  const isOf = (block: Block | undefined): boolean => block?.source === 'threshold' && block.round === round;
  const standing = blockBy(image, 'threshold');
  if (isOf(standing)) return standing;
  return standingDecisions(model, image)
    .flatMap(({ removed }) => removed)
    .filter(isOf)
    .at(-1);
}

/** Whether a vote is one of those that made the rule's block: withdrawn and cast again, it keeps its time. */
export function madeTheBlock(model: Model, image: Image, { who, round, cast }: Vote): boolean {
  const block = ruleBlockOf(model, image, round);
  return block?.voters?.includes(who) === true && cast <= (block.turn ?? 0);
}
