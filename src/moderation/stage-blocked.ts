import { visibilityOf } from '../core/image-state.js';
import type { Tx } from '../database/tx.js';
import { isSevere } from './is-severe.js';
import { stageLooks } from './stage-looks.js';
import type { WorkingImage } from './working-image.js';

/**
 * Has the bytes looked at of images that are blocked here and were not before: a site, a member of staff or a match may
 * block what nobody ever reported, or what has been left alone for long, and other bytes there must be noticed. What
 * readers block is looked at since they reported it. Never of one that is called severe (docs/rules.md, rule 6).
 */
export const stageBlocked = (tx: Tx, images: readonly WorkingImage[]): Promise<void> =>
  stageLooks(
    tx,
    images.filter((image) => isBlockedNow(image) && !image.fetched && !isSevere(image.state)),
  );

const isBlockedNow = ({ loaded, state }: WorkingImage): boolean =>
  !visibilityOf(loaded.state).blocked && state.blocks.some(({ source }) => source !== 'threshold');
