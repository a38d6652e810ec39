import { Injectable } from '@nestjs/common';
import type { SiteCaller, SiteSettings } from '../access/caller.js';
import type { ImageRef } from '../contract/image-ref.js';
import { invalid } from '../core/errors.js';
import { partsOf } from '../core/address-parts.js';
import { vouchesFor } from '../core/canonical-address.js';
import { hostMatches } from '../core/image-hosts.js';
import { BindAddresses } from '../moderation/bind-addresses.js';
import type { Target } from '../moderation/image-command.js';
import { namedImage } from '../moderation/named-image.js';
import { type AddressKey, addressKey, keysOf, ownIdKey } from '../moderation/wanted-key.js';

/** Which image a report means, and the address that a browser claims for it. */
export interface ReportTarget {
  readonly target: Target;
  readonly claimedUrl: string | null;
}

/**
 * Readers report only what the site vouches for (docs/rules.md, rule 19). A publishable key names an address on the site's
 * image hosts, or an id that the site has told us; with both, a known id counts and the address is only a claim. The
 * secret key may name anything, and id and address together bind the address.
 */
@Injectable()
export class ReportTargets {
  constructor(private readonly bindings: BindAddresses) {}

  /** @throws VigieError INVALID with a pointer under /image */
  async find({ kind, site }: SiteCaller, image: ImageRef): Promise<ReportTarget> {
    if (kind === 'secret') {
      const { target, binding } = namedImage(site, image);
      if (binding !== null) await this.bindings.bind(site.id, binding.id, binding.urls);
      return { target, claimedUrl: null };
    }
    const { url, id } = image;
    const address = url === undefined ? null : addressKey(site, url, '/image/url', true);
    if (id === undefined) {
      if (address === null) throw invalid('/image', 'Name the image: "url", "id", or both.');
      checkHost(address, site);
      return { target: { keys: keysOf(address) }, claimedUrl: null };
    }
    const known = ownIdKey(site.id, id, false);
    if (address === null) return { target: { keys: [known] }, claimedUrl: null };
    checkHost(address, site);
    return { target: { keys: [known, ...keysOf(address)] }, claimedUrl: address.shown };
  }
}

function checkHost(address: AddressKey, { imageHosts, addressRules }: SiteSettings): void {
  if (vouchesFor(address, imageHosts, addressRules)) return;
  const hosts = new Set([partsOf(address.shown).host, address.host]);
  const missing = [...hosts].filter((host) => !hostMatches(host, imageHosts)).map((host) => `"${host}"`);
  const remedy =
    missing.length > 0
      ? `An administrator may add ${missing.join(' and ')}.`
      : 'This one holds an address of another host.';
  throw invalid(
    '/image/url',
    `Must be on one of the site's image hosts: ${imageHosts.join(', ')}. ${remedy}`,
  );
}
