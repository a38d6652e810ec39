import type { Agent } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { OutboundFailure } from './explain-failure.js';
import type { Reachable } from './reachable.js';

/** For one connection: an agent that looks at every address before it connects, and the look-up for its request. */
export interface GuardedConnection {
  readonly agent: Agent;
  readonly lookup: LookupFunction;
}

/**
 * Addresses are judged where the connection is made, so that a name can not mean another address a moment later. One
 * agent for each request: nothing waits for a socket that somebody slow holds, and the filter is told exactly which
 * private addresses this request may reach (it can not compare networks of the other family, and says so on the console).
 *
 * @throws OutboundFailure when the host is an address that may not be reached
 */
export function guardConnection(
  url: URL,
  reachable: Reachable,
  resolve: (host: string) => Promise<string[]>,
): GuardedConnection {
  const isPlain = url.protocol === 'http:';
  const refused = isPlain && !reachable.takesPlain ? PLAIN : null;
  const allowIPAddressList: string[] = [];
  const admit = (addresses: readonly string[], refusal: OutboundFailure): string[] => {
    const admitted = addresses.filter((address) => reachable.allows(address, isPlain));
    if (admitted.length === 0) throw refusal;
    allowIPAddressList.push(...admitted.filter((address) => reachable.isAllowed(address)));
    return admitted;
  };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) admit([host], new OutboundFailure(refused ?? PRIVATE));
  const options = { keepAlive: false, allowIPAddressList };
  return {
    agent: isPlain ? new RequestFilteringHttpAgent(options) : new RequestFilteringHttpsAgent(options),
    lookup: (name, { all }, callback) => {
      const refusal = new OutboundFailure(refused ?? UNKNOWN);
      const found = resolve(name).catch((): string[] => []);
      found
        .then((addresses) => admit(addresses, refusal))
        .then(
          (admitted) => {
            const addresses = admitted.map((address) => ({ address, family: isIP(address) }));
            const [first] = addresses;
            if (all === true) callback(null, addresses);
            else callback(null, first?.address ?? '', first?.family);
          },
          (error: Error) => callback(error, []),
        );
    },
  };
}

const PLAIN = 'Plain http goes to networks that the operator allows only: use https.';
const PRIVATE = 'This address is private or reserved, and is not connected to.';
// One sentence for both: nobody learns which names there are inside our network.
const UNKNOWN = "The host's name is not known to any name server, or means a private or reserved address.";
