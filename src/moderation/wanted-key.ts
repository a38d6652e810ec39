import { canonicalUrl, describeUrlProblem } from '../core/canonical-url.js';
import { invalid } from '../core/errors.js';
import { imageHash } from '../database/image-hash.js';
import type { WantedKey } from './image-command.js';

/** An image's address as a key, with the host it is on. */
export interface AddressKey extends WantedKey {
  readonly kind: 'url';
  readonly host: string;
}

/**
 * @param pointer to the address in the request
 * @param make whether an image of this address may be made
 * @throws VigieError INVALID when it is no address of an image
 */
export function addressKey(siteId: string, url: string, pointer: string, make: boolean): AddressKey {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) throw invalid(pointer, describeUrlProblem(canonical.problem));
  const { url: key, host } = canonical;
  return { kind: 'url', key, host, hash: imageHash(siteId, { kind: 'url', key }), make };
}

/** The site's own id of an image as a key. */
export function ownIdKey(siteId: string, id: string, make: boolean): WantedKey {
  return { kind: 'id', key: id, hash: imageHash(siteId, { kind: 'id', key: id }), make };
}
