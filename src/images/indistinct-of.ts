import { LEAST_QUALITY, type Fingerprint, type Indistinct } from '../core/content.js';
import { isGraphic } from './is-graphic.js';
import type { Pixels } from './pixels.js';
import { squash } from './squash.js';

/**
 * PDQ looks at 64 x 64 values. A picture with a shorter side has none of its own for each of them: such are icons, avatars
 * in lists and tracking pixels, which unrelated pages share.
 */
const LEAST_SIDE = 64;

/** Why a block must not follow this picture to others, if so; the first reason that holds. */
export function indistinctOf(pixels: Pixels, fingerprint: Fingerprint | null): Indistinct | null {
  if (pixels.width < LEAST_SIDE || pixels.height < LEAST_SIDE || fingerprint === null) return 'size';
  if (fingerprint.quality < LEAST_QUALITY) return 'quality';
  return isGraphic(squash(pixels)) ? 'graphic' : null;
}
