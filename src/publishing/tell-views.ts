import { Injectable } from '@nestjs/common';
import type { ImageRef } from '../contract/image-ref.js';
import type { ImageViewsAnswer, ImageViewsBody } from '../contract/views.js';
import { invalid } from '../core/errors.js';
import { perHour } from '../core/views.js';
import type { TellImageViews, WantedKey } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { addressKey, type AddressedSite, keysOf, ownIdKey } from '../moderation/wanted-key.js';

/** The publisher says how often it shows images, so that the cases which matter most come first (docs/priority.md). */
@Injectable()
export class TellViews {
  constructor(private readonly neck: Neck) {}

  /**
   * All in one transaction; images that nobody knows are left out.
   *
   * @throws VigieError INVALID, with a pointer to the image, where it is not named or its address is none
   */
  async tell(site: AddressedSite, { seconds, images }: ImageViewsBody): Promise<ImageViewsAnswer> {
    const commands = images.map((image, index): TellImageViews => ({
      type: 'tell-views',
      siteId: site.id,
      target: { keys: keysOfImage(site, image, `/images/${index}`) },
      perHour: perHour(image.views, seconds),
    }));
    const outcomes = await this.neck.moderate(commands);
    const taken = outcomes.filter(({ ok }) => ok).length;
    return { taken, unknown: outcomes.length - taken };
  }
}

/** Under which the image may be known, in the order in which they are asked. */
function keysOfImage(site: AddressedSite, { url, id }: ImageRef, pointer: string): WantedKey[] {
  if (url === undefined && id === undefined) throw invalid(pointer, 'Name the image: "url" or "id".');
  const byId = id === undefined ? [] : [ownIdKey(site.id, id, false)];
  const byAddress = url === undefined ? [] : keysOf(addressKey(site, url, `${pointer}/url`, false));
  return [...byId, ...byAddress];
}
