import { canonicalUrl } from './canonical-url.js';

/**
 * An entry of a site's `imageHosts`, in the form in which it is stored: `cdn.example.ma` (that host alone),
 * `*.example.ma` (its subdomains, not itself), either with `:port`. Undefined when it is neither.
 */
export function canonicalImageHost(entry: string): string | undefined {
  const [, wildcard = '', name = '', port = ''] =
    /^(\*\.)?([^/?#@\\:[\]]+|\[[^/?#@\\[\]]+\])(:\d+)?$/.exec(entry) ?? [];
  if (name === '' || (port !== '' && !canonicalUrl(`http://a.ma${port}/`).ok)) return undefined;
  const parsed = canonicalUrl(`https://${name}/`);
  if (!parsed.ok || (wildcard !== '' && isAddress(parsed.host))) return undefined;
  return `${wildcard}${parsed.host}${port.replace(/^:0+(?=\d)/, ':')}`;
}

/**
 * Whether a host is one of those a site vouches for (docs/rules.md, rule 19).
 *
 * @param host as `canonicalUrl` gives it: with its port, unless that is the scheme's own
 * @param allowed canonical entries; without a port an entry takes any port. As a host without a port stands for
 *   80 or 443, an entry that names one of these takes it.
 */
export function hostMatches(host: string, allowed: readonly string[]): boolean {
  const [name, port] = splitPort(host);
  return allowed.some((entry) => {
    const [pattern, wanted] = splitPort(entry);
    if (wanted !== '' && wanted !== port && !(port === '' && (wanted === '80' || wanted === '443')))
      return false;
    // `*.example.ma` against `.example.ma`: the dot keeps out `badexample.ma`.
    return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
  });
}

/**
 * What a site vouches for when it names no hosts: its origins' hosts and their subdomains (docs/rules.md, rule 19).
 * An IP address or `localhost` has no subdomains, and there a port is what tells one service from the next.
 * What is no origin is left out.
 */
export function defaultImageHosts(origins: readonly string[]): string[] {
  const hosts = origins.flatMap((origin) => {
    const parsed = canonicalUrl(origin);
    if (!parsed.ok) return [];
    const [name] = splitPort(parsed.host);
    return isAddress(name) || name === 'localhost' ? [parsed.host] : [name, `*.${name}`];
  });
  return [...new Set(hosts)];
}

/**
 * Does the site name this port, in an image host that takes this host, or in an origin? Both may be left without one, and
 * then vouch for a host whatever its port.
 *
 * @param host as `canonicalUrl` gives it, with a port
 */
export function isPortNamed(
  host: string,
  { imageHosts, origins }: { readonly imageHosts: readonly string[]; readonly origins: readonly string[] },
): boolean {
  const [, wanted] = splitPort(host);
  const named = imageHosts.filter((entry) => splitPort(entry)[1] !== '');
  return (
    hostMatches(host, named) ||
    origins.some((origin) => {
      const parsed = canonicalUrl(origin);
      return parsed.ok && splitPort(parsed.host)[1] === wanted;
    })
  );
}

const isAddress = (name: string): boolean => name.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(name);

/** A host and its port, '' where it has none. The colons of an IPv6 address stand inside its brackets. */
export function splitPort(host: string): [name: string, port: string] {
  const colon = host.lastIndexOf(':');
  return colon > host.lastIndexOf(']') ? [host.slice(0, colon), host.slice(colon + 1)] : [host, ''];
}
