import { vouchedHosts } from '../access/sites/site-settings.js';
import { canonicalUrl } from '../core/canonical-url.js';
import { hostMatches, isPortNamed, splitPort } from '../core/image-hosts.js';

/** What a site has said of an address and of its hosts. */
export interface Vouched {
  /** The site bound the address to the image: it vouches for it, whatever its host. */
  readonly bound: boolean;
  readonly origins: readonly string[];
  readonly imageHosts: readonly string[];
}

/** `host` without its port: all ports of a host are one host to whoever runs it. */
export type VouchedHost =
  { readonly ok: true; readonly host: string } | { readonly ok: false; readonly why: string };

/**
 * The host that would be asked, if the site vouches for it or for the address (docs/rules.md, rule 19). On a port of its own
 * it is asked only where the site names that port: readers choose addresses, and else would choose ports, too.
 */
export function vouchedHost(url: string, { bound, origins, imageHosts }: Vouched): VouchedHost {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) return not('It is no web address.');
  const [host, port] = splitPort(canonical.host);
  if (bound) return { ok: true, host };
  if (!hostMatches(canonical.host, vouchedHosts({ origins, imageHosts })))
    return not('Its host is none of those that the site vouches for.');
  if (port !== '' && !isPortNamed(canonical.host, { origins, imageHosts }))
    return not(`The site names no host with the port ${port}.`);
  return { ok: true, host };
}

const not = (why: string): VouchedHost => ({ ok: false, why });
