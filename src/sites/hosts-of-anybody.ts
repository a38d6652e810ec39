import { vouchedHosts } from '../access/sites/site-settings.js';
import type { AddressRules } from '../core/address-rules.js';
import { invalid } from '../core/errors.js';
import { canonicalImageHost, splitPort } from '../core/image-hosts.js';
import { isPublicSuffix } from './public-suffix.js';

/** The public suffix under which an entry takes all names; null: it takes none that are anybody's, or is no entry. */
export function suffixIn(entry: string): string | null {
  const host = canonicalImageHost(entry);
  const [name = ''] = host === undefined ? [] : splitPort(host);
  const below = name.startsWith('*.') ? name.slice(2) : null;
  return below !== null && isPublicSuffix(below) ? below : null;
}

/** What a site vouches for by: the hosts of its images, or of its origins where it names none, and those that imgix serves. */
interface Vouching {
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
  readonly addressRules: AddressRules;
}

/** Of a site's hosts those under which names are anybody's. */
export const hostsOfAnybody = (site: Vouching): string[] =>
  [...vouchedHosts(site), ...(site.addressRules.imgixHosts ?? [])].filter((host) => suffixIn(host) !== null);

/**
 * A site that names no hosts vouches for those below its origins, which is not for it to say where an origin is a public suffix.
 *
 * @param changed what is given of it; of a site from before, other things may still be changed
 * @throws VigieError INVALID, at what was given
 */
export function checkHostsOfOrigins(
  site: Pick<Vouching, 'origins' | 'imageHosts'>,
  changed: Partial<Pick<Vouching, 'origins' | 'imageHosts'>>,
): void {
  if (changed.origins === undefined && changed.imageHosts === undefined) return;
  if (site.imageHosts.length > 0) return;
  const [suffix] = vouchedHosts(site).flatMap((host) => suffixIn(host) ?? []);
  if (suffix === undefined) return;
  throw invalid(
    changed.imageHosts === undefined ? '/origins' : '/imageHosts',
    `Name the hosts of the site's images in "imageHosts": they would be all below its origins, and names under ${suffix} are anybody's.`,
  );
}
