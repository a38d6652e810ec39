import type { ImageChange } from '../contract/changes.js';
import { partsOfImage } from '../visibility/parts-of-image.js';
import type { SeenChange } from '../visibility/seen-change.js';

/** A change as its site is told of it. */
const toldChange = ({ image, visibility, at }: SeenChange): ImageChange => ({
  image,
  blocked: visibility.blocked,
  ...(visibility.blocked ? { reason: visibility.reason } : {}),
  version: visibility.version,
  at: at.toISOString(),
});

const texts = new WeakMap<SeenChange, string>();

/** The same as JSON, made once however many are told. */
export function changeText(change: SeenChange): string {
  let text = texts.get(change);
  if (text === undefined) {
    text = JSON.stringify(toldChange(change));
    texts.set(change, text);
  }
  return text;
}

/** The same in so many texts that none is too long for a line: nearly always in one. */
export function* changeLines(change: SeenChange): Generator<string> {
  const parts = partsOfImage(change.image);
  if (parts.length === 1) yield changeText(change);
  else for (const image of parts) yield JSON.stringify(toldChange({ ...change, image }));
}
