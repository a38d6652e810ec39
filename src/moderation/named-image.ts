import { invalid } from '../core/errors.js';
import type { Target } from './image-command.js';
import { addressKey, ownIdKey } from './wanted-key.js';

/** An address that the site says is the image of its id. */
export interface WantedBinding {
  readonly id: string;
  /** Canonical. */
  readonly url: string;
}

/** The image that a site names itself, and what must be bound before that image is found. */
export interface NamedImage {
  readonly target: Target;
  readonly binding: WantedBinding | null;
}

/**
 * The image that a site names by address, by its own id, or by both, which binds the address to the id.
 *
 * @throws VigieError INVALID with a pointer under /image
 */
export function namedImage(
  siteId: string,
  { url, id }: { readonly url?: string; readonly id?: string },
): NamedImage {
  const address = url === undefined ? null : addressKey(siteId, url, '/image/url', true);
  if (id !== undefined) {
    const binding = address === null ? null : { id, url: address.key };
    return { target: { keys: [ownIdKey(siteId, id, true)] }, binding };
  }
  if (address === null) throw invalid('/image', 'Name the image: "url", "id", or both.');
  return { target: { keys: [address] }, binding: null };
}
