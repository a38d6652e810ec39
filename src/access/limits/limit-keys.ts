import { deriveKey } from '../../config/secret.js';
import type { DeviceTokens } from '../readers/device-token.js';
import { HmacSha256 } from '../sealing/hmac.js';
import type { Networks, Place, Sender } from '../readers/networks.js';

const HASH_BYTES = 12;

/** Longer ones are refused by the body's validation. */
const LONGEST_TOKEN = 512;

/** Under which names the networks of an address are counted. */
export interface NetworkKeys {
  readonly narrow: string;
  readonly wide: string;
}

/**
 * Under which names devices and networks are counted: keyed hashes, which are none that any vote has, and say nothing where
 * they are kept. A network's is the same on all sites: its limits hold for all of them together.
 */
export class LimitKeys {
  private readonly hmac: HmacSha256;
  private readonly keys = new WeakMap<Place, NetworkKeys>();

  constructor(
    secret: Buffer,
    private readonly devices: DeviceTokens,
    private readonly networks: Networks,
  ) {
    this.hmac = new HmacSha256(deriveKey(secret, 'limits'));
  }

  /** Of the narrow network (/24, /56) and of the wide one (/16, /40) from which a request comes. */
  networksOf(sender: Sender): NetworkKeys {
    const place = this.networks.placeOf(sender);
    let keys = this.keys.get(place);
    if (keys === undefined) {
      keys = { narrow: this.hash(`network|${place.narrow}`), wide: this.hash(`network|${place.wide}`) };
      this.keys.set(place, keys);
    }
    return keys;
  }

  /** Of the device that a report's body names; undefined when it names none, or none of this site's: it will be refused. */
  deviceOf(siteId: string, body: unknown): string | undefined {
    const token = property(property(body, 'reporter'), 'device');
    if (typeof token !== 'string' || token.length > LONGEST_TOKEN) return undefined;
    const device = this.devices.openDevice(siteId, token);
    return device === null ? undefined : this.hash(`device|${device.id.toString('base64url')}`);
  }

  /** @param hash the account's as a reporter: of its site alone */
  accountOf(hash: Buffer): string {
    return this.hash(`account|${hash.toString('base64url')}`);
  }

  private hash(name: string): string {
    return this.hmac.digest(name).subarray(0, HASH_BYTES).toString('base64url');
  }
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
