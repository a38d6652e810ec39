import { isHuman } from '../core/human-word.js';
import { type Block, type ImageState, isBlockedBy } from '../core/image-state.js';
import {
  type Follower,
  insertLookAtFollowers,
  insertMatchLooks,
} from '../database/statements/content/stage-looks.js';
import type { Tx } from '../database/tx.js';
import { MATCH_CONTENT, SPREAD_BLOCK, stageSpread } from './match-jobs.js';
import type { WorkingImage } from './working-image.js';

/**
 * Has jobs look again where images follow others, or may, from now on (docs/adr/0019). Whom an image follows may be
 * unblocked at this very moment: whoever lets it follow has that one looked at, afterwards.
 */
export function askForLooks(tx: Tx, images: readonly WorkingImage[]): void {
  const followed = new Map<string, { site: string; image: string }>();
  const followers: Follower[] = [];
  for (const { loaded, state, lookedAfter } of images) {
    const { siteId, id: imageId } = loaded.row;
    if (state.blocks !== loaded.state.blocks) {
      for (const { ref } of newMatches(loaded.state.blocks, state.blocks)) {
        if (!lookedAfter.has(ref)) followed.set(ref, { site: siteId, image: ref });
      }
    }
    if (state.content === null || isBlockedBy('match', state.blocks)) continue;
    const free = becameFree(loaded.state, state);
    if (free || state.content !== loaded.state.content) followers.push({ siteId, imageId, free });
  }
  if (followed.size > 0) stageSpread(tx, [...followed.values()]);
  if (followers.length > 0) insertMatchLooks(tx, MATCH_CONTENT, followers);
}

/** An image became part of another: those who follow it have to follow that one. */
export const askToLeave = (tx: Tx, siteId: string, imageId: string): void =>
  insertLookAtFollowers(tx, SPREAD_BLOCK, siteId, imageId);

const newMatches = (before: readonly Block[], after: readonly Block[]): readonly Block[] =>
  after.filter(
    ({ source, ref }) =>
      source === 'match' && !before.some((block) => block.source === source && block.ref === ref),
  );

/** No longer protected, a keep undone, a person's block gone: what it did not follow until now, it may have to. */
const becameFree = (before: ImageState, after: ImageState): boolean =>
  (before.protected && !after.protected) ||
  (before.keptAt !== null && after.keptAt === null) ||
  (before.blocks.some(isHuman) && !after.blocks.some(isHuman) && after.keptAt === null);
