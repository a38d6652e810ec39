import type { ImageChange } from '../contract/changes.js';
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
