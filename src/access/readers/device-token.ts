import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Sealed } from '../sealing/sealed.js';

/** A browser as far as we can tell. */
export interface Device {
  /** 16 random bytes. */
  readonly id: Buffer;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** The narrow network in which it was minted: a keyed hash of 8 bytes, as `Networks` makes it for the site. */
  readonly network: Buffer;
}

const PREFIX = 'dev_';
const ID_BYTES = 16;
const NETWORK_AT = ID_BYTES + 4;
const BYTES = NETWORK_AT + 8;

/**
 * A report's token is opened for its limits and again for who reports, which took 7 us each time. These are as many as are
 * on their way at once.
 */
const REMEMBERED = 1_000;

/**
 * Tokens that make a browser recognizable to Vigie on one site, and to nobody else; nothing is stored. A token is
 * good on the site that minted it alone, since the network's hash says nothing to another one.
 */
export class DeviceTokens {
  private readonly opened = new LRUCache<string, Device>({ max: REMEMBERED });

  constructor(private readonly sealed: Sealed) {}

  /**
   * A token for a device never seen before.
   *
   * @param siteId the database's
   * @param network hash of the narrow network that asked for it
   */
  mintDevice(siteId: string, network: Buffer, issuedAt: number = Math.floor(Date.now() / 1_000)): string {
    if (network.length !== BYTES - NETWORK_AT) throw new RangeError("A network's hash has 8 bytes.");
    const payload = Buffer.alloc(BYTES);
    randomBytes(ID_BYTES).copy(payload);
    payload.writeUInt32BE(issuedAt, ID_BYTES);
    network.copy(payload, NETWORK_AT);
    return PREFIX + this.sealed.seal(purposeOf(siteId), payload);
  }

  /** What a token says, or null when this installation did not mint it for this site. */
  openDevice(siteId: string, text: string): Device | null {
    if (!text.startsWith(PREFIX)) return null;
    const name = `${siteId} ${text}`;
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const payload = this.sealed.open(purposeOf(siteId), text.slice(PREFIX.length));
    if (payload?.length !== BYTES) return null;
    const device = {
      id: payload.subarray(0, ID_BYTES),
      issuedAt: payload.readUInt32BE(ID_BYTES),
      network: payload.subarray(NETWORK_AT),
    };
    this.opened.set(name, device);
    return device;
  }
}

const purposeOf = (siteId: string): string => `device of site ${siteId}`;
