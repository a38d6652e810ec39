import { vouchedHosts } from '../access/site-settings.js';
import { canonicalUrl } from '../core/canonical-url.js';
import { hostMatches } from '../core/image-hosts.js';

/** What a site has said of an address and of its hosts. */
export interface Vouched {
  /** The site bound the address to the image: it vouches for it, whatever its host. */
  readonly bound: boolean;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
}

/** The host that would be asked; null when the site vouches for neither it nor the address (docs/rules.md, rule 19). */
export function vouchedHost(url: string, { bound, origins, imageHosts }: Vouched): string | null {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) return null;
  const { host } = canonical;
  return bound || hostMatches(host, vouchedHosts({ origins, imageHosts })) ? host : null;
}
