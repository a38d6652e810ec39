import { lookup, Resolver } from 'node:dns/promises';

/** Milliseconds for one try of one name server. */
const PATIENCE = 2_000;
const TRIES = 2;

/** The addresses of a host, IPv4 and IPv6. Throws when there are none, or when `signal` says that nobody waits any more. */
export type ResolveHost = (host: string, signal: AbortSignal) => Promise<string[]>;

/**
 * Asks name servers itself, where the system's way (getaddrinfo) would occupy one of the few threads that all look-ups
 * share: a host whose name servers are slow would delay everybody's deliveries.
 *
 * @param servers of names; the system's when left out
 * @param systemToo ask the system where no name server knows the host: for /etc/hosts, in intranets
 */
export function hostResolver({
  servers,
  systemToo,
}: {
  readonly servers?: readonly string[];
  readonly systemToo: boolean;
}): ResolveHost {
  return async (host, signal) => {
    // One for each question, so that it alone can be cancelled.
    const resolver = new Resolver({ timeout: PATIENCE, tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    signal.addEventListener('abort', () => resolver.cancel(), { once: true });
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length > 0) return found;
    if (systemToo && !signal.aborted)
      return (await lookup(host, { all: true })).map(({ address }) => address);
    throw four.status === 'rejected' ? four.reason : new Error(`${host} has no address`);
  };
}
