import type { Sealed } from '../sealing/sealed.js';

/** Which vote a receipt is for. */
export interface ReceiptContent {
  readonly siteId: string;
  readonly imageId: string;
  readonly round: number;
  /** 16 bytes. */
  readonly reporter: Buffer;
}

const PREFIX = 'rcp_';
const REPORTER_AT = 20;
const BYTES = 36;

/**
 * Receipts name a vote and are made from nothing else: a retry gets the same one, nobody can guess another's, and
 * none is stored. Whoever has it may withdraw: it belongs in no log and no Referer.
 */
export class Receipts {
  constructor(private readonly sealed: Sealed) {}

  seal({ siteId, imageId, round, reporter }: ReceiptContent): string {
    if (reporter.length !== BYTES - REPORTER_AT) throw new RangeError('A reporter has 16 bytes.');
    const payload = Buffer.alloc(BYTES);
    payload.writeBigInt64BE(BigInt(siteId), 0);
    payload.writeBigInt64BE(BigInt(imageId), 8);
    payload.writeInt32BE(round, 16);
    reporter.copy(payload, REPORTER_AT);
    return PREFIX + this.sealed.seal('receipt', payload);
  }

  /** The vote behind a receipt, or null when we did not make it, or not for this site (database id) if one is given. */
  open(text: string, siteId?: string): ReceiptContent | null {
    if (!text.startsWith(PREFIX)) return null;
    const payload = this.sealed.open('receipt', text.slice(PREFIX.length));
    if (payload?.length !== BYTES) return null;
    const content = {
      siteId: payload.readBigInt64BE(0).toString(),
      imageId: payload.readBigInt64BE(8).toString(),
      round: payload.readInt32BE(16),
      reporter: payload.subarray(REPORTER_AT),
    };
    return siteId === undefined || content.siteId === siteId ? content : null;
  }
}
