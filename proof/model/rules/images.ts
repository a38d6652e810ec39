import type { Block, Image, Model, ReviewCase, Source } from './state.js';

/** The image that is shown under a name. */
export const imageNamed = (model: Model, name: string): Image | undefined =>
  model.images.find((image) => image.merged === null && image.names.includes(name));

/** @throws Error for a number that nobody gave */
export function imageAt(model: Model, index: number): Image {
  const image = model.images[index];
  if (image === undefined) throw new Error(`The model has no image ${index}.`);
  return image;
}

/** Makes it where nobody named it before. */
export function imageFor(model: Model, name: string): Image {
  const known = imageNamed(model, name);
  if (known !== undefined) return known;
  const image: Image = {
    names: [name],
    ownId: name.startsWith('i') ? name : null,
    round: 1,
    votes: [],
    blocks: [],
    cases: [],
    protected: false,
    version: 0,
    keptHour: null,
    versions: [],
    content: null,
    changed: null,
    merged: null,
    lookIsDue: false,
  };
  model.images.push(image);
  return image;
}

const STRENGTH: readonly Source[] = ['publisher', 'moderator', 'threshold'];

/** Of the strongest block, of equal ones the oldest; undefined: it is visible. */
export const strongest = (image: Image): Block | undefined =>
  STRENGTH.flatMap((source) => blocksBy(image, source)).at(0);

/**
 * Where two images became one, or old bytes came back, two decisions may each have blocked it. Both are said anew of bytes that come
 * back where both were there: then the first decision is shown.
 */
const blocksBy = (image: Image, source: Source): Block[] =>
  image.blocks
    .filter((block) => block.source === source)
    .sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0) || (a.decision ?? 0) - (b.decision ?? 0));

/** What readers see of it. */
export const seen = (image: Image): string => strongest(image)?.reason ?? 'visible';

/** Does something to an image; its version rises exactly when what is seen of it changes. */
export function change(image: Image, what: () => void): void {
  const before = { seen: seen(image), version: image.version };
  what();
  // Where a change has others inside it, all are one.
  image.version = before.version + (seen(image) === before.seen ? 0 : 1);
}

export const blockBy = (image: Image, source: Source): Block | undefined => blocksBy(image, source).at(0);

export const openCase = (image: Image): ReviewCase | undefined =>
  image.cases.find(({ status }) => status !== 'closed');
