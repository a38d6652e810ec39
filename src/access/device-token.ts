import { randomBytes } from 'node:crypto';
import type { Sealed } from './sealed.js';

/** A browser as far as we can tell. */
export interface Device {
  /** 16 random bytes. */
  readonly id: Buffer;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

const PREFIX = 'dev_';
const ID_BYTES = 16;

/** Tokens that make a browser recognizable to Vigie, and to nobody else; nothing is stored. */
export class DeviceTokens {
  constructor(private readonly sealed: Sealed) {}

  /** A token for a device never seen before. */
  mintDevice(issuedAt: number = Math.floor(Date.now() / 1_000)): string {
    const payload = Buffer.alloc(ID_BYTES + 4);
    randomBytes(ID_BYTES).copy(payload);
    payload.writeUInt32BE(issuedAt, ID_BYTES);
    return PREFIX + this.sealed.seal('device', payload);
  }

  /** What a token says, or null when this installation did not mint it. */
  openDevice(text: string): Device | null {
    if (!text.startsWith(PREFIX)) return null;
    const payload = this.sealed.open('device', text.slice(PREFIX.length));
    if (payload?.length !== ID_BYTES + 4) return null;
    return { id: payload.subarray(0, ID_BYTES), issuedAt: payload.readUInt32BE(ID_BYTES) };
  }
}
