import type { Step } from '../step.js';
import type { Block, Decision, Model, RuleBlock } from './state.js';

/** What is usual is what was so in 28 days, however young the site is. */
export const HOURS_MEASURED = 28 * 24;

/** Automatic blocks in an hour, as they were measured last. */
export const usualInHour = ({ usual }: Model): number => (usual?.blocks ?? 0) / HOURS_MEASURED;

/** Rule 4: each site is measured hourly. Time passes by commands alone, so it is due with these. */
export function measureUsual(step: Step): void {
  const { model } = step;
  if (model.usual !== null && model.usual.hour > model.hour - 1) return;
  const blocks = model.ruleBlocks.filter(({ hour }) => hour > model.hour - HOURS_MEASURED);
  const standing = blocks.filter(
    (block) => !isReversed(model, block) || model.wrong === 'usual-counts-reversed',
  );
  const upheld = standing.filter((block) => isUpheld(model, block));
  model.usual = { hour: model.hour, blocks: standing.length, upheld: upheld.length };
  if (upheld.length > 0) step.reach('measured: upheld blocks');
  if (standing.length > upheld.length) step.reach('measured: blocks that nobody has decided on');
  if (standing.length < blocks.length) step.reach('measured: reversed blocks');
  if (blocks.length < model.ruleBlocks.length) step.reach('measured: blocks of more than 28 days ago');
}

/** Whether it is that one of the rule's blocks, perhaps brought back since, or come along to another image. */
export const isThat = ({ image, moment }: RuleBlock, block: Block): boolean =>
  block.counts === true && block.born === image && block.moment === moment;

/** Decisions that took the block away, undone or not. */
export const decisionsAbout = (model: Model, one: RuleBlock): Decision[] =>
  model.decisions.filter(
    ({ image, removed }) =>
      (image === one.image || model.wrong !== 'merge-forgets-usual') &&
      removed.some((block) => isThat(one, block)),
  );

/** Which decision the block itself met: what people say later of what took its place is not about it. */
const met = (model: Model, one: RuleBlock): Decision['action'] | undefined =>
  decisionsAbout(model, one).find(({ undone }) => !undone || model.wrong === 'usual-forgets-undo')?.action;

/** By a keep, by a protection, or by nobody's review. */
const isReversed = (model: Model, one: RuleBlock): boolean => one.lifted || met(model, one) === 'keep';

const isUpheld = (model: Model, one: RuleBlock): boolean => met(model, one) === 'block';

/** A block by the rule is lifted, by no decision. */
export function liftCounted(model: Model, block: Block | undefined): void {
  if (block === undefined) return;
  model.ruleBlocks = model.ruleBlocks.map((one) => (isThat(one, block) ? { ...one, lifted: true } : one));
}
