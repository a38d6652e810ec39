import ipaddr from 'ipaddr.js';

/** "::127.0.0.1": deprecated long ago, and ipaddr.js takes it for public. */
const IPV4_COMPATIBLE = ipaddr.parseCIDR('::/96');

/** Which addresses a request to somebody else's choice may reach: public ones, and the networks of OUTBOUND_ALLOW. */
export class Reachable {
  private readonly networks: readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

  /**
   * @param allowed networks as CIDR
   * @param plain where requests without TLS may go: to these networks only, or to public addresses, too
   */
  constructor(
    allowed: readonly string[],
    private readonly plain: 'allowed only' | 'public too' = 'allowed only',
  ) {
    this.networks = allowed.map((network) => ipaddr.parseCIDR(network));
  }

  /** Are any private networks allowed at all? */
  get allowsSome(): boolean {
    return this.networks.length > 0;
  }

  /** May a request without TLS go to public addresses? */
  get takesPlain(): boolean {
    return this.plain === 'public too';
  }

  /** Is this address in one of the allowed networks? There plain http will do, too. */
  isAllowed(address: string): boolean {
    const parsed = ipaddr.parse(address);
    return this.networks.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
    );
  }

  /** @param isPlain is the request sent without TLS? */
  allows(address: string, isPlain: boolean): boolean {
    return this.isAllowed(address) || ((!isPlain || this.takesPlain) && isPublic(address));
  }
}

/** Every range with a purpose of its own is refused: private, link-local, mapped, translated, documentation. */
function isPublic(address: string): boolean {
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || !parsed.match(IPV4_COMPATIBLE);
}
