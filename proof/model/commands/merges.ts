import { namedAs } from '../asked.js';
import { mayBind } from '../rules/binding.js';
import { imageNamed, openCase } from '../rules/images.js';
import type { Image, Model } from '../rules/state.js';
import { madeTheBlock } from '../rules/verdicts.js';
import { plainDecision } from './decisions.js';
import { drawn, index, names, nth } from './drawn.js';
import { asksWhatIsUsual } from './rules.js';

// What is usual counts blocks that went over to another image, too. Where it matters, that comes often enough to be met.

/** An image that the rule blocked becomes part of another one, or another one of it. */
export const mergeOfBlocked = drawn('bind', index, (n, model) => {
  const one = asksWhatIsUsual(model.rule) ? nth(mergesOf(model, isBlocked), n) : undefined;
  return one === undefined ? null : { do: 'bind', ...one };
});

/** What hid an image that became part of another one is decided on there. */
export const decisionOnMerged = drawn('decide', index, (n, model) => {
  if (!asksWhatIsUsual(model.rule)) return null;
  const awaiting = model.images
    .filter((image, own) => image.blocks.some((block) => block.counts === true && block.born !== own))
    .flatMap((image) => openCase(image) ?? []);
  const one = nth(awaiting, n);
  return one === undefined ? null : plainDecision(one, n % 3 === 0 ? 'block' : 'keep');
});

// Who made a block and takes their word back is judged all the same, and that also where the image becomes part of another one. What
// was said of them shows in their weight alone.

/** One of those who made the rule's block withdraws. */
export const withdrawalFromBlock = drawn('withdraw', index, (n, model) => {
  if (!model.rule.weights) return null;
  const made = model.images
    .filter((image) => image.merged === null && image.ownId === null)
    .flatMap((image) => image.votes.filter((vote) => !vote.withdrawn && madeTheBlock(model, image, vote)))
    .filter(({ receipt }) => receipt !== '');
  const vote = nth(made, n);
  return vote === undefined ? null : { do: 'withdraw', receipt: vote.receipt };
});

/** An image from whose block somebody has withdrawn becomes part of another one, or another one of it. */
export const mergeOfWithdrawn = drawn('bind', index, (n, model) => {
  if (!model.rule.weights) return null;
  const one = nth(
    mergesOf(model, (image) => hasWithdrawn(model, image)),
    n,
  );
  return one === undefined ? null : { do: 'bind', ...one };
});

/** And is decided on. */
export const decisionOnWithdrawn = drawn('decide', index, (n, model) => {
  if (!model.rule.weights) return null;
  const awaiting = model.images
    .filter((_, own) =>
      model.images.some((part) => part.merged?.into === own && part.votes.some(({ withdrawn }) => withdrawn)),
    )
    .flatMap((image) => openCase(image) ?? []);
  const one = nth(awaiting, n);
  return one === undefined ? null : plainDecision(one, n % 2 === 0 ? 'block' : 'keep', 'invalid');
});

const hasWithdrawn = (model: Model, image: Image): boolean =>
  image.votes.some((vote) => vote.withdrawn && madeTheBlock(model, image, vote));

const isBlocked = ({ blocks }: Image): boolean => blocks.some(({ counts }) => counts === true);

/** Two images that may become one, of which one is such. */
function mergesOf(model: Model, isSuch: (image: Image) => boolean) {
  const known = names().flatMap((name) => {
    const image = imageNamed(model, name);
    return image === undefined ? [] : { name, image };
  });
  return known.flatMap(({ name, image }) => {
    const { id } = namedAs(name);
    if (id === undefined) return [];
    return known
      .filter(({ image: other }) => other.ownId === null && (isSuch(image) || isSuch(other)))
      .map((other) => ({ id, address: namedAs(other.name) }))
      .filter(({ address }) => mayBind(model, id, address));
  });
}
