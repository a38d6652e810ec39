import type { ImageState } from '../core/image-state.js';
import type { PlaceRow } from '../database/statements/content/find-content.js';
import {
  insertBytes,
  saveBegunVersion,
  saveFoundBytes,
  saveLeftVersion,
} from '../database/statements/content/save-content.js';
import type { Tx } from '../database/tx.js';
import type { Identified } from './identify-content.js';
import type { SeenContent } from './seen-content.js';
import type { WorkingImage } from './working-image.js';

/**
 * Notes bytes with their version, and what was last found at the address. A version that goes takes along what blocked it,
 * save the publisher's block, which is the image's, and matches, which are asked for anew.
 *
 * @param before the image as it was until now
 */
export function noteBytes(
  tx: Tx,
  { loaded: { row } }: WorkingImage,
  before: ImageState,
  { version, change, isOther }: Identified,
  { found }: PlaceRow,
  seen: SeenContent,
): void {
  const { siteId, id: imageId } = row;
  if (isOther && before.content !== null) {
    const own = before.blocks.filter(({ source }) => source === 'threshold' || source === 'moderator');
    const keptAt = before.keptAt === null ? null : new Date(before.keptAt);
    saveLeftVersion(tx, { siteId, imageId, version: before.content }, own, keptAt);
  }
  if (isOther || change === 'first') saveBegunVersion(tx, { siteId, imageId, version }, seen.announced);
  const { sha256, pdq, quality, indistinct, width, height, bytes, format } = seen;
  insertBytes(tx, {
    siteId,
    imageId,
    version,
    sha256,
    pdq,
    quality,
    indistinct,
    width,
    height,
    bytes,
    format,
  });
  if (isOther || found?.equals(sha256) !== true) saveFoundBytes(tx, siteId, seen.hash, sha256, isOther);
}
