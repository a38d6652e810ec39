import { timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../config/secret.js';
import { AesCtr } from './aes-ctr.js';
import { HmacSha256 } from './hmac.js';

/** What a public id stands for: image, case, decision, event, site, staff, key, webhook endpoint, message, session, line of the accounts' log, job, mute. */
export type IdPrefix =
  'img' | 'case' | 'dec' | 'evt' | 'sit' | 'stf' | 'key' | 'whe' | 'msg' | 'ses' | 'aev' | 'job' | 'mut';

interface Keys {
  readonly mac: HmacSha256;
  readonly cipher: AesCtr;
}

const MAC_BYTES = 16;

/**
 * Deterministic authenticated encryption, in the manner of SIV (RFC 5297) with HMAC-SHA-256 in the place of CMAC: the
 * authenticator of the payload is the cipher's starting block. Equal payloads give equal tokens, and that is all that
 * a token tells to whoever lacks the secret.
 */
export class Sealed {
  private readonly keys = new Map<string, Keys>();

  /** @param secret the installation's; each purpose gets keys of its own from it. */
  constructor(private readonly secret: Buffer) {}

  /** A token in base64url, 16 bytes longer than the payload. A token of one purpose does not open for another. */
  seal(purpose: string, payload: Buffer): string {
    const keys = this.keysFor(purpose);
    const mac = authenticate(keys, payload);
    return Buffer.concat([mac, keys.cipher.apply(mac, payload)]).toString('base64url');
  }

  /** The payload, or null when the token was made up, changed, of another purpose, or of another installation. */
  open(purpose: string, token: string): Buffer | null {
    const bytes = Buffer.from(token, 'base64url');
    // Decoding ignores what is no base64url, and unused last bits: only the one true spelling of a token is taken.
    if (bytes.length < MAC_BYTES || bytes.toString('base64url') !== token) return null;
    const keys = this.keysFor(purpose);
    const mac = bytes.subarray(0, MAC_BYTES);
    const payload = keys.cipher.apply(mac, bytes.subarray(MAC_BYTES));
    return timingSafeEqual(mac, authenticate(keys, payload)) ? payload : null;
  }

  /**
   * The public form of a database id, such as `case_` and 32 characters. A bare sequence number would tell each site
   * how busy the others are, and invite guessing.
   */
  id(prefix: IdPrefix, databaseId: string): string {
    const payload = Buffer.alloc(8);
    payload.writeBigInt64BE(BigInt(databaseId));
    return `${prefix}_${this.seal(`id ${prefix}`, payload)}`;
  }

  /** The database id behind a public one, or null when it is no id of ours with that prefix. */
  databaseId(prefix: IdPrefix, text: string): string | null {
    if (!text.startsWith(`${prefix}_`)) return null;
    const payload = this.open(`id ${prefix}`, text.slice(prefix.length + 1));
    return payload?.length === 8 ? payload.readBigInt64BE().toString() : null;
  }

  private keysFor(purpose: string): Keys {
    let keys = this.keys.get(purpose);
    if (keys === undefined) {
      keys = {
        mac: new HmacSha256(deriveKey(this.secret, `sealed ${purpose}: mac`)),
        cipher: new AesCtr(deriveKey(this.secret, `sealed ${purpose}: cipher`)),
      };
      this.keys.set(purpose, keys);
    }
    return keys;
  }
}

const authenticate = (keys: Keys, payload: Buffer): Buffer => keys.mac.digest(payload).subarray(0, MAC_BYTES);
