import type { Sealed } from '../access/sealing/sealed.js';
import type { SnapshotRef } from '../database/statements/content/snapshots.js';
import { SNAPSHOT_FILES, type SnapshotFile } from './snapshot-store.js';

/** What an address lets its holder see, and in whose name. */
export interface SnapshotGrant extends SnapshotRef {
  /** The image by which they came to it: the log names it. */
  readonly imageId: string;
  readonly file: SnapshotFile;
  readonly staffId: string;
  /** They might open what is sealed when the address was made; whether they still may is asked when it is used. */
  readonly legal: boolean;
}

/**
 * An address is good for so many seconds, and is the same for all who ask for it within a minute, so that a list that is
 * loaded again does not load its pictures again.
 */
const GOOD_SECONDS = 300;
const SAME_SECONDS = 60;

const PURPOSE = 'snapshot address';
const PREFIX = 'snp_';
const BYTES = 8 + 8 + 32 + 1 + 1 + 8 + 6;

/**
 * Addresses of snapshots: an `<img>` sends neither key nor header, so the address itself is what opens it, for a few
 * minutes. Nobody can make one, or read what is in it.
 */
export class SnapshotAddresses {
  /** @param publicUrl under which staff reach us */
  constructor(
    private readonly sealed: Sealed,
    private readonly publicUrl: string,
  ) {}

  /** @param now in milliseconds since 1970 */
  make(grant: SnapshotGrant, now = Date.now()): string {
    const { siteId, imageId, sha256, file, staffId, legal } = grant;
    const payload = Buffer.alloc(BYTES);
    payload.writeBigInt64BE(BigInt(siteId), 0);
    payload.writeBigInt64BE(BigInt(imageId), 8);
    sha256.copy(payload, 16);
    payload.writeUInt8(SNAPSHOT_FILES.indexOf(file), 48);
    payload.writeUInt8(legal ? 1 : 0, 49);
    payload.writeBigInt64BE(BigInt(staffId), 50);
    const from = Math.floor(now / 1_000 / SAME_SECONDS) * SAME_SECONDS;
    payload.writeUIntBE(from + GOOD_SECONDS, 58, 6);
    return `${this.publicUrl}/v1/snapshots/${PREFIX}${this.sealed.seal(PURPOSE, payload)}`;
  }

  /**
   * What a token opens, and for how many seconds it still does: none, or fewer, when it is over. Null for what is none of
   * ours.
   */
  open(token: string, now = Date.now()): (SnapshotGrant & { readonly secondsLeft: number }) | null {
    const payload = token.startsWith(PREFIX) ? this.sealed.open(PURPOSE, token.slice(PREFIX.length)) : null;
    const file = payload?.length === BYTES ? SNAPSHOT_FILES[payload.readUInt8(48)] : undefined;
    if (payload === null || file === undefined) return null;
    return {
      siteId: String(payload.readBigInt64BE(0)),
      imageId: String(payload.readBigInt64BE(8)),
      sha256: Buffer.from(payload.subarray(16, 48)),
      file,
      legal: payload.readUInt8(49) === 1,
      staffId: String(payload.readBigInt64BE(50)),
      secondsLeft: Math.floor(payload.readUIntBE(58, 6) - now / 1_000),
    };
  }
}
