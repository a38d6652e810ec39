import type { Actor, PublisherBlock } from '../command.js';
import type { Verdict } from '../verdict.js';
import { type Block, type ImageState, isBlockedBy, saidOfLifted, withoutOutranked } from '../image-state.js';
import { type Draft, settle, unchanged } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { raiseInQueue } from './apply-rule.js';

function change(state: ImageState, next: ImageState, actor: Actor, now: number, draft: Draft): Verdict {
  return {
    ...settle(state, { next, drafts: [draft], actor, now }),
    delta: null,
    severeSpentBy: null,
  };
}

/** The publisher's own block: theirs alone. Saying the same again changes nothing. */
export function publisherBlock(
  state: ImageState,
  command: PublisherBlock,
  actor: Actor,
  now: number,
): Verdict {
  const standing = state.blocks.find(({ source }) => source === 'publisher');
  if (standing?.reason === command.reason && standing.note === command.note) return unchanged(state);
  const block: Block = {
    source: 'publisher',
    ref: '',
    reason: command.reason,
    note: command.note,
    since: standing?.since ?? Math.min(command.since ?? now, now),
    ruleVersion: null,
    evidence: null,
  };
  const others = state.blocks.filter(({ source }) => source !== 'publisher');
  const since = state.since ?? block.since;
  return change(state, { ...state, blocks: [block, ...others], since }, actor, now, {
    type: 'block.added',
    data: { source: 'publisher', reason: command.reason },
  });
}

export function publisherUnblock(state: ImageState, actor: Actor, now: number): Verdict {
  if (!isBlockedBy('publisher', state.blocks)) return unchanged(state);
  const others = state.blocks.filter(({ source }) => source !== 'publisher');
  return change(state, { ...state, blocks: others }, actor, now, {
    type: 'block.removed',
    data: { source: 'publisher' },
  });
}

/**
 * The publisher's word that an image is right: lifts what a rule or a match did, and from then on reports only queue.
 * A moderator's block stays, and so does the case: somebody should still look (docs/rules.md, rule 12), and neither a hold nor
 * an appeal against what is lifted makes that more urgent.
 */
export function protect(state: ImageState, actor: Actor, rule: VersionedRule, now: number): Verdict {
  if (state.protected) return unchanged(state);
  const blocks = withoutOutranked(state.blocks, true);
  const next = raiseInQueue({ ...state, protected: true, blocks }, rule, now);
  return change(state, next, actor, now, {
    type: 'protection.set',
    data: { lifted: saidOfLifted(state.blocks, blocks) },
  });
}

/** Ends the protection. What readers said meanwhile stays counted; the rule looks at it with the next vote. */
export function unprotect(state: ImageState, actor: Actor, now: number): Verdict {
  if (!state.protected) return unchanged(state);
  return change(state, { ...state, protected: false }, actor, now, { type: 'protection.lifted', data: {} });
}
