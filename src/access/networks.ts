import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { deriveKey } from '../config/secret.js';
import type { VoterNetworks } from '../database/voter-networks.js';
import { HmacSha256 } from './hmac.js';
import { LruMap } from './lru-map.js';

/** From where a request comes, as a Fastify request says it: behind proxies that are trusted, what they say. */
export interface Sender {
  /** Undefined on a socket that has no address. */
  readonly ip: string | undefined;
}

/** The keyed hashes of the two networks around an address. */
export type NetworkPair = Pick<VoterNetworks, 'narrow' | 'wide'>;

/** Bits that the narrow and the wide network have in common with an address: a home or office, a provider's region. */
const BITS = { ipv4: { narrow: 24, wide: 16 }, ipv6: { narrow: 56, wide: 40 } } as const;

const HASH_BYTES = 8;

/** Hashes of so many addresses are kept in memory, some 300 bytes each. */
const REMEMBERED = 8_192;

/**
 * IPv6 networks whose addresses carry somebody's IPv4 address, and where in their 16 bytes. It is who asks; taken as IPv6
 * it would give one person a network of their own for each way around, or all of IPv4 a single one.
 */
const CARRIERS: readonly {
  readonly network: [ipaddr.IPv6, number];
  readonly at: number;
  readonly flip: number;
}[] = [
  // IPv4-mapped (RFC 4291, section 2.5.5.2): what a dual-stack socket says of IPv4.
  { network: networkOf('::ffff:0:0/96'), at: 12, flip: 0 },
  // NAT64's well-known prefix (RFC 6052): IPv4 readers of a service that has IPv6 only.
  { network: networkOf('64:ff9b::/96'), at: 12, flip: 0 },
  // 6to4 (RFC 3056): 256 narrow networks for every IPv4 address.
  { network: networkOf('2002::/16'), at: 2, flip: 0 },
  // Teredo (RFC 4380): behind the address of a server that its user chooses, and inverted.
  { network: networkOf('2001::/32'), at: 12, flip: 0xff },
];

/** All whose address can't be read share one network, so that nonsense in a header makes no voters. */
const UNREADABLE = { narrow: 'unreadable/narrow', wide: 'unreadable/wide' } as const;

/**
 * Which networks an address is in, as hashes under a key of each site's own: network caps need to know whether two
 * readers share a network, and nothing else. No address is stored or logged; the last ones are remembered in memory.
 */
export class Networks {
  private readonly keys = new Map<string, HmacSha256>();
  private readonly recent = new LruMap<string, NetworkPair>(REMEMBERED);

  constructor(private readonly secret: Buffer) {}

  /** @param siteId the database's */
  networksOf(siteId: string, { ip = '' }: Sender): NetworkPair {
    const key = `${siteId} ${ip}`;
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const { narrow, wide } = prefixesOf(ip);
    const networks = { narrow: this.hash(siteId, narrow), wide: this.hash(siteId, wide) };
    this.recent.set(key, networks);
    return networks;
  }

  private hash(siteId: string, prefix: string): Buffer {
    let key = this.keys.get(siteId);
    if (key === undefined) {
      key = new HmacSha256(deriveKey(this.secret, `site ${siteId}: networks`));
      this.keys.set(siteId, key);
    }
    return key.digest(`network|${prefix}`).subarray(0, HASH_BYTES);
  }
}

/** The networks around an address as CIDR: /24 and /16, or /56 and /40. */
export function prefixesOf(address: string): { readonly narrow: string; readonly wide: string } {
  const bare = withoutPort(address);
  if (isIP(bare) === 0) return UNREADABLE;
  const parsed = unwrapped(ipaddr.parse(bare));
  const { narrow, wide } = BITS[parsed.kind()];
  return { narrow: prefixOf(parsed, narrow), wide: prefixOf(parsed, wide) };
}

/** Some proxies write "203.0.113.9:4711" and "[2001:db8::1]:443" into X-Forwarded-For. */
const withoutPort = (address: string): string =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(address)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(address)?.[1] ?? address;

function unwrapped(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address.kind() === 'ipv4') return address;
  const carrier = CARRIERS.find(({ network: [network, bits] }) => address.match(network, bits));
  if (carrier === undefined) return address;
  const bytes = address.toByteArray().slice(carrier.at, carrier.at + 4);
  return new ipaddr.IPv4(bytes.map((byte) => byte ^ carrier.flip));
}

function prefixOf(address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string {
  const bytes = address
    .toByteArray()
    .map((byte, at) => byte & (0xff << Math.max(0, 8 - Math.max(0, bits - 8 * at))));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

function networkOf(cidr: string): [ipaddr.IPv6, number] {
  const [address, bits] = ipaddr.parseCIDR(cidr);
  if (!(address instanceof ipaddr.IPv6)) throw new TypeError(`${cidr} is no IPv6 network.`);
  return [address, bits];
}
