import { type Block, type ImageState, strongestBlock } from './image-state.js';
import type { Policy } from './reasons.js';

/** What people say of the bytes that an image shows. `kept` is the weaker word: a block of any person outranks it. */
export type HumanWord =
  | { readonly verdict: 'block'; readonly reason: Policy }
  | { readonly verdict: 'keep' | null; readonly reason: null };

/** Does a person stand behind this block, a moderator or the publisher? */
export const isHuman = ({ source }: Block): boolean => source === 'publisher' || source === 'moderator';

/**
 * The word on the bytes that are there now. Null: blocks of people stand, but all were set on bytes from before these, so
 * what was known of these bytes still holds. Otherwise whoever swaps the bytes of a blocked image for those of a good one
 * would have that blocked, too, wherever it is (docs/rules.md, rule 14).
 */
export function humanWord({ blocks, keptAt, contentChangedAt }: ImageState): HumanWord | null {
  const human = blocks.filter(isHuman);
  const ofThese = human.filter(({ since }) => since >= (contentChangedAt ?? 0));
  const strongest = strongestBlock(ofThese);
  if (strongest !== null) return { verdict: 'block', reason: strongest.reason };
  if (human.length > 0) return null;
  return { verdict: keptAt === null ? null : 'keep', reason: null };
}
