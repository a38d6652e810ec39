import type { AddressRules } from '../core/address-rules.js';
import { canonicalAddress } from '../core/canonical-address.js';
import { describeUrlProblem } from '../core/canonical-url.js';
import { invalid } from '../core/errors.js';
import { imageHash } from '../database/image-hash.js';
import type { WantedKey } from './image-command.js';

/** What of a site its keys depend on. */
export interface AddressedSite {
  /** The database's. */
  readonly id: string;
  readonly addressRules: AddressRules;
}

/** An image's address as a key, by its site's rules, with the host it is on. */
export interface AddressKey extends WantedKey {
  readonly kind: 'url';
  readonly host: string;
  /** The address as it was given, canonical by the default rules: what is fetched. */
  readonly shown: string;
  /**
   * The key that it has by the default rules alone, where that is another one: of images from before the site had its rules,
   * and of addresses that the site bound (docs/adr/0016). Nothing is made of it.
   */
  readonly asShown: WantedKey | null;
}

/**
 * @param pointer to the address in the request
 * @param make whether an image of this address may be made
 * @throws VigieError INVALID when it is no address of an image
 */
export function addressKey(
  { id, addressRules }: AddressedSite,
  url: string,
  pointer: string,
  make: boolean,
): AddressKey {
  const canonical = canonicalAddress(url, addressRules);
  if (!canonical.ok) throw invalid(pointer, describeUrlProblem(canonical.problem));
  const { url: key, host, shown } = canonical;
  const asShown = shown === key ? null : urlKey(id, shown, false);
  return { ...urlKey(id, key, make), kind: 'url', host, shown, asShown };
}

/** The keys under which an image of this address may be known, in the order in which they are asked. */
export const keysOf = (address: AddressKey): WantedKey[] =>
  address.asShown === null ? [address] : [address, address.asShown];

/** The addresses that are the image's when the site says that this one is: by its rules, and as it was given. */
export const urlsOf = ({ key, asShown }: AddressKey): string[] =>
  asShown === null ? [key] : [key, asShown.key];

/** The site's own id of an image as a key. */
export function ownIdKey(siteId: string, id: string, make: boolean): WantedKey {
  return { kind: 'id', key: id, hash: imageHash(siteId, { kind: 'id', key: id }), make };
}

const urlKey = (siteId: string, key: string, make: boolean): WantedKey => ({
  kind: 'url',
  key,
  hash: imageHash(siteId, { kind: 'url', key }),
  make,
});
