import { Injectable } from '@nestjs/common';
import { Sealed } from '../access/sealing/sealed.js';
import { VigieError } from '../core/errors.js';

/** A place in a site's change feed. `seq`: all events up to this one were seen. */
export interface FeedPlace {
  readonly epoch: string;
  readonly siteId: string;
  readonly seq: number;
}

const PURPOSE = 'change cursor';
/** Epoch (a UUID), site, number. */
const BYTES = 16 + 8 + 8;

/** The cursors of the feed, sealed: they can't be made up, changed, or taken to another site or installation. */
@Injectable()
export class ChangeCursors {
  constructor(private readonly sealed: Sealed) {}

  seal({ epoch, siteId, seq }: FeedPlace): string {
    const payload = Buffer.alloc(BYTES);
    payload.write(epoch.replaceAll('-', ''), 'hex');
    payload.writeBigInt64BE(BigInt(siteId), 16);
    payload.writeBigInt64BE(BigInt(seq), 24);
    return this.sealed.seal(PURPOSE, payload);
  }

  /**
   * The place that a cursor stands for. Whether its epoch still lasts is not asked here.
   *
   * @throws VigieError CURSOR_EXPIRED when it is none of ours, or another site's
   */
  open(siteId: string, cursor: string): FeedPlace {
    const payload = this.sealed.open(PURPOSE, cursor);
    if (payload?.length !== BYTES) throw expired('This is no cursor of this installation.');
    if (payload.readBigInt64BE(16) !== BigInt(siteId)) throw expired('This cursor is of another site.');
    const epoch = payload
      .toString('hex', 0, 16)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { epoch, siteId, seq: Number(payload.readBigInt64BE(24)) };
  }
}

/** @param why a sentence */
export const expired = (why: string): VigieError =>
  new VigieError(
    'CURSOR_EXPIRED',
    `${why} Take the block list again (GET /v1/blocklist), and continue from its Vigie-Cursor.`,
  );
