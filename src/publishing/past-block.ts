import type { SiteSettings } from '../access/caller.js';
import type { PastBlock } from '../contract/imports.js';
import { invalid } from '../core/errors.js';
import type { PublishImage } from '../moderation/image-command.js';
import { namedImage, type WantedBinding } from '../moderation/named-image.js';

/**
 * A block that the publisher had in another system, as their own here: theirs alone to take back.
 *
 * @throws VigieError INVALID with a pointer to what is wrong
 */
export function pastBlock(
  { image, reason, note, since }: PastBlock,
  site: Pick<SiteSettings, 'id' | 'addressRules'>,
  now: Date,
): { command: PublishImage; binding: WantedBinding | null } {
  if (since !== undefined && since > now) throw invalid('/since', 'Must not be in the future.');
  const { target, binding } = namedImage(site, image);
  const command: PublishImage = {
    type: 'publisher-block',
    siteId: site.id,
    target,
    actor: { kind: 'site', id: null },
    reason,
    note: note ?? null,
    ...(since === undefined ? {} : { since }),
  };
  return { command, binding };
}
