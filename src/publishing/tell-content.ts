import { Injectable } from '@nestjs/common';
import type { ImageContentAnswer, ImageContentBody } from '../contract/image-content.js';
import type { ImageRef } from '../contract/image-ref.js';
import { invalid } from '../core/errors.js';
import type { WantedKey } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { addressKey, type AddressedSite, keysOf, ownIdKey } from '../moderation/wanted-key.js';

/** The publisher says that the bytes of an image changed (docs/rules.md, rule 14). */
@Injectable()
export class TellContent {
  constructor(private readonly neck: Neck) {}

  /**
   * With the digest of the new bytes all is settled at once; without it they are fetched.
   *
   * @throws VigieError INVALID where the image is named twice or not at all, or where nothing could be fetched
   */
  async tell(site: AddressedSite, body: ImageContentBody): Promise<ImageContentAnswer> {
    for (const { hash } of keysOfImage(site, body.image)) {
      const answer = await this.tellOf(site.id, hash, body);
      if (answer.known) return answer;
    }
    return unknown(body.image);
  }

  private async tellOf(
    siteId: string,
    hash: Buffer,
    { image, sha256, note }: ImageContentBody,
  ): Promise<ImageContentAnswer> {
    if (sha256 !== undefined) {
      const seen = await this.neck.see({
        siteId,
        hash,
        sha256: Buffer.from(sha256, 'hex'),
        ...OF_NOBODY_WHO_LOOKED,
        announced: true,
        note: note ?? null,
      });
      if (!seen.known) return unknown(image);
      const { blocked, version, change } = seen;
      return { image, known: true, blocked, contentVersion: version, change, fetching: false };
    }
    if (!this.neck.fetches)
      throw invalid('/sha256', 'Images are not fetched here: say the digest of the new bytes.');
    const announced = await this.neck.announce({ siteId, hash, note: note ?? null });
    if (!announced.known) return unknown(image);
    const { blocked, contentVersion, fetching } = announced;
    if (fetching === 'no-address')
      throw invalid('/sha256', 'No address of this image is known: say the digest of the new bytes.');
    return { image, known: true, blocked, contentVersion, fetching: fetching === true };
  }
}

const OF_NOBODY_WHO_LOOKED = {
  pdq: null,
  quality: null,
  indistinct: null,
  width: null,
  height: null,
  bytes: null,
  format: null,
};

const unknown = (image: ImageRef): ImageContentAnswer => ({
  image,
  known: false,
  contentVersion: null,
  fetching: false,
});

/** Under which the image may be known, in the order in which they are asked. */
function keysOfImage(site: AddressedSite, { url, id }: ImageRef): WantedKey[] {
  if (url !== undefined && id !== undefined)
    throw invalid('/image', 'Name the image once: the bytes change at an address, or of an id.');
  if (id !== undefined) return [ownIdKey(site.id, id, false)];
  if (url !== undefined) return keysOf(addressKey(site, url, '/image/url', false));
  throw invalid('/image', 'Name the image: "url" or "id".');
}
