import { decisionsAbout, isThat } from './usual.js';
import type { Block, Image, Model } from './state.js';

/**
 * The same for two states that nothing can tell apart: in which order images were made, and requests about different images
 * were taken, is not remembered by anybody.
 */
export function keyOf(model: Model): string {
  const order = model.images
    .map((_, index) => index)
    .sort((a, b) => (nameOf(model, a) < nameOf(model, b) ? -1 : 1));
  const block = ({ decision, born, moment, turn: _, voters, besides, ...rest }: Block): unknown => ({
    ...rest,
    born: born === undefined ? null : nameOf(model, born),
    voters: sorted(voters),
    besides: sorted(besides),
    // What is of this moment may still be heard together with what else is.
    isOfNow: moment === model.moment,
    decision: decision === null ? null : model.decisions[decision]?.id,
  });
  const image = (index: number): unknown => {
    const { votes, blocks, versions, changed, ...rest } = model.images[index] as Image;
    const decisions = model.decisions.filter((made) => made.image === index);
    return {
      ...rest,
      // Of turns only this is ever asked: which decisions a vote came after.
      votes: sorted(
        votes.map(({ turn, cast: _, castIn: __, withdrawnIn, ...vote }) =>
          JSON.stringify({
            ...vote,
            isGoneNow: withdrawnIn === model.moment,
            after: decisions.filter((made) => made.turn < turn).length,
          }),
        ),
      ),
      blocks: blocks.map(block),
      versions: versions.map((version) => ({ ...version, blocks: version.blocks.map(block) })),
      changed: changed?.hour ?? null,
      decisions: decisions.map(({ turn: _, image: __, removed, ...made }) => ({
        ...made,
        removed: removed.map(block),
      })),
    };
  };
  return JSON.stringify([
    model.hour,
    model.rule,
    Object.entries(model.skips).sort(),
    Object.entries(model.mutes)
      .map(([who, { decision, ...rest }]) => [
        who,
        { ...rest, decision: decision === null ? null : model.decisions[decision]?.id },
      ])
      .sort(),
    // A run of dismissals is one in the order of decisions.
    model.decisions.flatMap(({ id, said }) => (said === null ? [] : id)),
    sorted(
      model.ruleBlocks.map((one) =>
        JSON.stringify([
          nameOf(model, one.image),
          one.hour,
          one.lifted,
          model.images.some(({ blocks }) => blocks.some((standing) => isThat(one, standing))),
          decisionsAbout(model, one).map(({ id }) => id),
        ]),
      ),
    ),
    model.usual,
    model.breakerTold,
    order.map(image),
  ]);
}

/** In which order they came is not remembered either. */
const sorted = (all: readonly string[] | undefined): string[] | undefined => all && [...all].sort();

const nameOf = (model: Model, index: number): string =>
  `${model.images[index]?.names[0] ?? ''} ${(model.images[index]?.merged ?? null) === null ? '' : index}`;
