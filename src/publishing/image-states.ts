import { Injectable } from '@nestjs/common';
import type { ImageRef } from '../contract/image-ref.js';
import type { ImageStateAnswer } from '../contract/publishing.js';
import { invalid, VigieError } from '../core/errors.js';
import { addressKey, ownIdKey } from '../moderation/wanted-key.js';
import { BlockIndex, type Entry } from '../visibility/block-index.js';

/** What the block index has under a key: null for a visible image, or one that nobody knows. */
export interface Found {
  readonly hash: Buffer;
  readonly entry: Entry | null;
}

/** States from memory: no query, whatever the number of images. */
@Injectable()
export class ImageStates {
  constructor(private readonly index: BlockIndex) {}

  /**
   * @param pointer to the image in the request
   * @param full with reason and review, for secret keys and staff
   * @throws VigieError as `find` does
   */
  of(siteId: string, image: ImageRef, pointer: string, full: boolean): ImageStateAnswer {
    return stateOf(image, this.find(siteId, image, pointer).entry, full);
  }

  /**
   * The id goes first; of an image that is named by both, the address is asked where the id is not blocked.
   *
   * @throws VigieError INVALID when neither url nor id is given or the url is none; UNAVAILABLE before the index is
   *   loaded: "visible" would be a guess
   */
  find(siteId: string, { url, id }: ImageRef, pointer: string): Found {
    if (!this.index.ready) {
      throw new VigieError(
        'UNAVAILABLE',
        'The blocked images are still being loaded. Ask again in a moment.',
      );
    }
    const byId = id === undefined ? null : this.get(ownIdKey(siteId, id, false).hash);
    if (url === undefined) {
      if (byId === null) throw invalid(pointer, 'Name the image: "url" or "id".');
      return byId;
    }
    if (byId !== null && byId.entry !== null) return byId;
    return this.get(addressKey(siteId, url, `${pointer}/url`, false).hash);
  }

  private get(hash: Buffer): Found {
    return { hash, entry: this.index.get(hash) };
  }
}

/** The answer echoes the question, and says nothing of a visible image but that it is visible (behaviour 48). */
export function stateOf({ url, id }: ImageRef, entry: Entry | null, full: boolean): ImageStateAnswer {
  const image = { ...(url === undefined ? {} : { url }), ...(id === undefined ? {} : { id }) };
  if (entry === null) return { image, blocked: false };
  const { reason, since, version, reviewed } = entry;
  return { image, blocked: true, ...(full ? { reason, reviewed } : {}), since: wholeSeconds(since), version };
}

/** RFC 3339 without fractions. @param time ms since 1970 */
export const wholeSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
