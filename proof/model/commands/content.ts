import fc from 'fast-check';
import { type Asked, namedAs } from '../asked.js';
import type { Image, Model } from '../rules/state.js';
import { drawn, image, index, nth } from './drawn.js';

/** Few, so that old ones come back. */
const bytes = fc.nat({ max: 2 });

export const toldBytes = drawn('tell-content', fc.record({ image, bytes }), (value) => ({
  do: 'tell-content',
  ...value,
}));

/** Of an image of which something was told already, mostly one against which something stands, or stood. */
export const changedBytes = drawn('tell-content', fc.record({ of: index, bytes }), (value, model) => {
  const told = toldOf(model);
  const disputed = told.filter(({ blocks, cases }) => blocks.length > 0 || cases.length > 0);
  const one = nth(value.of % 4 === 0 || disputed.length === 0 ? told : disputed, value.of);
  return one === undefined ? null : tell(one, value.bytes);
});

/** Those come back that something stood against when they went. */
export const bytesAgain = drawn('tell-content', index, (n, model) => {
  const gone = toldOf(model).flatMap((image) =>
    image.versions
      .filter(({ blocks }, at) => at + 1 !== image.content && blocks.length > 0)
      .map((version) => ({ image, version })),
  );
  const one = nth(gone, n);
  return one === undefined ? null : tell(one.image, one.version.bytes);
});

const toldOf = (model: Model): Image[] =>
  model.images.filter(({ content, merged }) => content !== null && merged === null);

const tell = ({ names: [name = ''] }: Image, told: number): Asked => ({
  do: 'tell-content',
  image: namedAs(name),
  bytes: told,
});
