import { type ImageState, strongestBlock, visibilityOf } from '../core/image-state.js';
import type { CoreEvent } from '../core/verdict.js';
import { SITE } from './absorb-image.js';

/** The line of the log about addresses that are an image's from now on. */
export const boundEvent = (urls: readonly string[], state: ImageState): CoreEvent => ({
  type: 'addresses.bound',
  actor: SITE,
  ruleVersion: null,
  data: { urls, source: strongestBlock(state.blocks)?.source },
  visibility: visibilityOf(state),
});
