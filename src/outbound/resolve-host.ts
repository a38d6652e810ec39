import { lookup, Resolver } from 'node:dns/promises';

/** Milliseconds for one try of one name server. */
const PATIENCE = 2_000;
const TRIES = 2;
/**
 * Milliseconds that addresses of the other kind may come later: some name servers never say anything to who asks for IPv6, and
 * all tries take longer than a receiver has to be connected to.
 */
const OTHER_KIND = 500;

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
    signal.throwIfAborted();
    // One for each question, so that it alone can be cancelled.
    const resolver = new Resolver({ timeout: PATIENCE, tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    signal.addEventListener('abort', () => resolver.cancel(), { once: true });
    const [four, six] = await bothKinds(resolver, host);
    const found = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length > 0) return found;
    if (systemToo && !signal.aborted)
      return (await lookup(host, { all: true })).map(({ address }) => address);
    throw four.status === 'rejected' ? four.reason : new Error(`${host} has no address`);
  };
}

/** What a host has of both kinds; once it has addresses of one, those of the other are given up when they do not come soon. */
async function bothKinds(
  resolver: Resolver,
  host: string,
): Promise<[PromiseSettledResult<string[]>, PromiseSettledResult<string[]>]> {
  let late: NodeJS.Timeout | undefined;
  const soon = (found: string[]): string[] => {
    late ??= setTimeout(() => resolver.cancel(), OTHER_KIND);
    return found;
  };
  try {
    return await Promise.allSettled([resolver.resolve4(host).then(soon), resolver.resolve6(host).then(soon)]);
  } finally {
    clearTimeout(late);
  }
}
