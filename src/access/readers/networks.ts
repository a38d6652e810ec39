import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import { deriveKey } from '../../config/secret.js';
import type { VoterNetworks } from '../../database/voter-networks.js';
import { HmacSha256 } from '../sealing/hmac.js';

/** From where a request comes, as a Fastify request says it: behind proxies that are trusted, what they say. */
export interface Sender {
  /** Undefined on a socket that has no address. */
  readonly ip: string | undefined;
}

/** The keyed hashes of the two networks around an address. */
export type NetworkPair = Pick<VoterNetworks, 'narrow' | 'wide'>;

/** The networks around an address, as CIDR; IPv6 with all its groups. */
export interface Place {
  readonly narrow: string;
  readonly wide: string;
}

const HASH_BYTES = 8;

/** Addresses that are kept in memory: with what is made of each some 700 bytes. */
const REMEMBERED = 10_000;

/** Characters: IPv6 has 45, and 18 are left for brackets, a zone and a port. */
const LONGEST_ADDRESS = 64;

/** A group of 16 bits that may be anything. */
const ANY = null;

/**
 * IPv6 networks whose addresses carry somebody's IPv4 address: how they start, in groups of 16 bits, and behind how many
 * groups it stands. It is who asks; taken as IPv6 it would give one person a network of their own for each way around, or
 * all of IPv4 a single one.
 */
const CARRIERS: readonly {
  readonly start: readonly (number | typeof ANY)[];
  readonly at: number;
  readonly flip: number;
}[] = [
  // IPv4-mapped (RFC 4291, section 2.5.5.2): what a dual-stack socket says of IPv4.
  { start: [0, 0, 0, 0, 0, 0xffff], at: 6, flip: 0 },
  // NAT64's well-known prefix (RFC 6052): IPv4 readers of a service that has IPv6 only.
  { start: [0x64, 0xff9b, 0, 0, 0, 0], at: 6, flip: 0 },
  // NAT64 within a network (RFC 8215), behind any /96 of its /48 that ends in zeros: the last 32 bits. Behind a shorter
  // prefix (RFC 6052, section 2.2) the address stands further ahead, where it is not looked for: these readers share
  // networks, as those of IPv6 do.
  { start: [0x64, 0xff9b, 1, ANY, 0, 0], at: 6, flip: 0 },
  // 6to4 (RFC 3056): 256 narrow networks for every IPv4 address.
  { start: [0x2002], at: 1, flip: 0 },
  // Teredo (RFC 4380): behind the address of a server that its user chooses, and inverted.
  { start: [0x2001, 0], at: 6, flip: 0xffff },
];

/** All whose address can't be read share one network, so that nonsense in a header makes no voters. */
const UNREADABLE = { narrow: 'unreadable/narrow', wide: 'unreadable/wide' } as const;

/**
 * Which networks an address is in, as hashes under a key of each site's own: network caps need to know whether two
 * readers share a network, and nothing else. No address is stored or logged; the last ones are remembered in memory.
 */
export class Networks {
  private readonly keys = new Map<string, HmacSha256>();
  private readonly recent = new LRUCache<string, Place>({ max: REMEMBERED });
  /** By the site's database id, of those on which somebody there reported. */
  private readonly hashes = new WeakMap<Place, Map<string, NetworkPair>>();

  constructor(private readonly secret: Buffer) {}

  /** @param siteId the database's */
  networksOf(siteId: string, sender: Sender): NetworkPair {
    const place = this.placeOf(sender);
    let ofSites = this.hashes.get(place);
    if (ofSites === undefined) this.hashes.set(place, (ofSites = new Map<string, NetworkPair>()));
    const known = ofSites.get(siteId);
    if (known !== undefined) return known;
    const { narrow, wide } = place;
    // Of their own: a part of a digest would keep alive the piece of memory from which small buffers are cut.
    const bytes = Buffer.alloc(2 * HASH_BYTES);
    this.digest(siteId, narrow).copy(bytes, 0, 0, HASH_BYTES);
    this.digest(siteId, wide).copy(bytes, HASH_BYTES, 0, HASH_BYTES);
    const networks = { narrow: bytes.subarray(0, HASH_BYTES), wide: bytes.subarray(HASH_BYTES) };
    ofSites.set(siteId, networks);
    return networks;
  }

  /** Whatever else is kept of an address may hang on this, which goes when the address is forgotten. */
  placeOf({ ip = '' }: Sender): Place {
    const known = this.recent.get(ip);
    if (known !== undefined) return known;
    const place = prefixesOf(ip);
    // What is longer is no address.
    if (ip.length <= LONGEST_ADDRESS) this.recent.set(ip, place);
    return place;
  }

  private digest(siteId: string, prefix: string): Buffer {
    let key = this.keys.get(siteId);
    if (key === undefined) {
      key = new HmacSha256(deriveKey(this.secret, `site ${siteId}: networks`));
      this.keys.set(siteId, key);
    }
    return key.digest(`network|${prefix}`);
  }
}

/** The networks around an address: /24 and /16, or /56 and /40; a home or an office, and a provider's region. */
export function prefixesOf(address: string): Place {
  if (address.length > LONGEST_ADDRESS) return UNREADABLE;
  const bare = withoutPort(address);
  if (isIPv4(bare)) return aroundIPv4(bare.split('.'));
  if (!isIPv6(bare)) return UNREADABLE;
  // Without its zone ("%eth0"), of which the two have different ideas.
  const { parts } = ipaddr.IPv6.parse(bare.replace(/%.*$/, ''));
  const carrier = CARRIERS.find(({ start }) =>
    start.every((group, at) => group === ANY || parts[at] === group),
  );
  if (carrier === undefined) return aroundIPv6(parts);
  const [high = 0, low = 0] = parts.slice(carrier.at).map((group) => group ^ carrier.flip);
  return aroundIPv4([high >> 8, high & 0xff, low >> 8]);
}

const aroundIPv4 = ([a, b, c]: readonly (string | number)[]) => ({
  narrow: `${a}.${b}.${c}.0/24`,
  wide: `${a}.${b}.0.0/16`,
});

function aroundIPv6([a = 0, b = 0, c = 0, d = 0]: readonly number[]): { narrow: string; wide: string } {
  const text = (...groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');
  return { narrow: `${text(a, b, c, d & 0xff00)}::/56`, wide: `${text(a, b, c & 0xff00)}::/40` };
}

/** Some proxies write "203.0.113.9:4711" and "[2001:db8::1]:443" into X-Forwarded-For. */
const withoutPort = (address: string): string =>
  /^\[([^\]]*)\](?::\d{1,5})?$/.exec(address)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(address)?.[1] ?? address;
