import { invalid } from '../core/errors.js';
import type { Target } from './image-command.js';
import { addressKey, type AddressedSite, keysOf, ownIdKey, urlsOf } from './wanted-key.js';

/** Addresses that the site says are the image of its id. */
export interface WantedBinding {
  readonly id: string;
  /** Canonical. */
  readonly urls: readonly string[];
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
  site: AddressedSite,
  { url, id }: { readonly url?: string; readonly id?: string },
): NamedImage {
  const address = url === undefined ? null : addressKey(site, url, '/image/url', true);
  if (id !== undefined) {
    const binding = address === null ? null : { id, urls: urlsOf(address) };
    return { target: { keys: [ownIdKey(site.id, id, true)] }, binding };
  }
  if (address === null) throw invalid('/image', 'Name the image: "url", "id", or both.');
  return { target: { keys: keysOf(address) }, binding: null };
}
