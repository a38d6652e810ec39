import { namedAs } from '../asked.js';
import { mayBind } from '../rules/binding.js';
import { imageNamed, openCase } from '../rules/images.js';
import type { Image, Model } from '../rules/state.js';
import { plainDecision } from './decisions.js';
import { drawn, index, names, nth } from './drawn.js';
import { asksWhatIsUsual } from './rules.js';

// What is usual counts blocks that went over to another image, too. Where it matters, that comes often enough to be met.

/** An image that the rule blocked becomes part of another one, or another one of it. */
export const mergeOfBlocked = drawn('bind', index, (n, model) => {
  const one = asksWhatIsUsual(model.rule) ? nth(mergesOfBlocked(model), n) : undefined;
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

const isBlocked = ({ blocks }: Image): boolean => blocks.some(({ counts }) => counts === true);

function mergesOfBlocked(model: Model) {
  const known = names().flatMap((name) => {
    const image = imageNamed(model, name);
    return image === undefined ? [] : { name, image };
  });
  return known.flatMap(({ name, image }) => {
    const { id } = namedAs(name);
    if (id === undefined) return [];
    return known
      .filter(({ image: other }) => other.ownId === null && (isBlocked(image) || isBlocked(other)))
      .map((other) => ({ id, address: namedAs(other.name) }))
      .filter(({ address }) => mayBind(model, id, address));
  });
}
