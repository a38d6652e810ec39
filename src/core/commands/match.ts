import type { MatchBlock, MatchRelease } from '../command.js';
import type { Verdict } from '../verdict.js';
import type { Block } from '../image-state.js';
import { type ImageState, isBlockedBy } from '../image-state.js';
import { settle, unchanged } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { blockAdded, raiseInQueue, RULE } from './apply-rule.js';

/**
 * A person blocked the very same bytes elsewhere: this image follows. Not where the site vouches for it, and not where a
 * person has kept these bytes: a human outranks the rule (docs/rules.md, rules 10, 12 and 14).
 */
export function matchBlock(
  state: ImageState,
  command: MatchBlock,
  rule: VersionedRule,
  now: number,
): Verdict {
  if (state.protected || state.keptAt !== null) return unchanged(state);
  const standing = state.blocks.find((block) => isOf(block, command.source));
  if (standing?.reason === command.reason) return unchanged(state);
  const block: Block = {
    source: 'match',
    ref: command.source,
    reason: command.reason,
    note: null,
    since: standing?.since ?? now,
    ruleVersion: null,
    evidence: null,
  };
  const others = state.blocks.filter((other) => other !== standing);
  const added = blockAdded(block);
  // Not a picture more that is blocked by match: the same one, for another reason, or on its way to whom it follows from now on.
  const drafts = isBlockedBy('match', state.blocks)
    ? [{ ...added, data: { ...added.data, stood: true } }]
    : others.length > 0
      ? [added]
      : [];
  return {
    ...settle(state, { next: withBlocks(state, [...others, block], rule, now), drafts, actor: RULE, now }),
    delta: null,
    severeSpentBy: null,
  };
}

/** What an image followed no longer stands: it is released, unless another block holds it. */
export function matchRelease(
  state: ImageState,
  command: MatchRelease,
  rule: VersionedRule,
  now: number,
): Verdict {
  const blocks = state.blocks.filter((block) => !isOf(block, command.source));
  if (blocks.length === state.blocks.length) return unchanged(state);
  return {
    ...settle(state, {
      next: withBlocks(state, blocks, rule, now),
      drafts: [{ type: 'block.removed', data: { source: 'match' } }],
      actor: RULE,
      now,
    }),
    delta: null,
    severeSpentBy: null,
  };
}

/** An appeal against what goes asks for nothing any more, and again for a look at what comes: the case moves with the block. */
const withBlocks = (
  state: ImageState,
  blocks: readonly Block[],
  rule: VersionedRule,
  now: number,
): ImageState => raiseInQueue({ ...state, blocks }, rule, now);

const isOf = ({ source, ref }: Block, image: string): boolean => source === 'match' && ref === image;
