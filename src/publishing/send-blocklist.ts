import type { ServerResponse } from 'node:http';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { BlockedImageLine } from '../contract/changes.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { type ListedBlock, listBlockedImages } from '../database/statements/list-blocked-images.js';
import { readFeedHead } from '../database/statements/read-feed-head.js';
import type { Tx } from '../database/tx.js';
import { namedImage } from '../visibility/seen-change.js';
import { ChangeCursors } from './change-cursor.js';
import { drained } from './drained.js';
import { wholeSeconds } from './image-states.js';
import { sendHead } from './send-head.js';

/** Images a page: some 250 KB, and a few milliseconds between which other requests are answered. */
const PAGE = 1_000;
/**
 * A reader who takes nothing for so long is dropped, in ms: their transaction is kept open, and with it a connection of
 * the pool. Shorter than the time after which Postgres would end it.
 */
const PATIENCE = 8_000;

/**
 * The whole block list, page by page out of one snapshot, no faster than it is read. The one place where something is
 * sent while a transaction is open: it reads only, locks nothing, and is bounded in number and patience.
 */
@Injectable()
export class SendBlocklist {
  private readonly logger = new Logger(SendBlocklist.name);
  private readonly most: number;
  private sending = 0;

  constructor(
    private readonly database: Database,
    private readonly cursors: ChangeCursors,
    @Inject(CONFIG) { database: { poolSize } }: VigieConfig,
  ) {
    // Reports and decisions need the pool too.
    this.most = Math.max(1, Math.floor(poolSize / 3));
  }

  /** @throws VigieError UNAVAILABLE when as many are being sent as may be; what the database throws before the first byte */
  async send(siteId: string, reply: FastifyReply): Promise<void> {
    if (this.sending >= this.most) {
      throw new VigieError(
        'UNAVAILABLE',
        `This process is sending ${this.most} block lists already. Ask again in a second.`,
      );
    }
    this.sending += 1;
    try {
      await this.database.inIndexedTransaction(async (tx) => {
        const { epoch, seq } = await readFeedHead(tx);
        const raw = sendHead(reply, {
          'content-type': 'application/x-ndjson',
          'vigie-cursor': this.cursors.seal({ epoch, siteId, seq }),
        });
        // Whoever reads no more is noticed by waiting for them.
        raw.on('error', () => undefined);
        await sendPages(tx, siteId, raw);
      }, 'REPEATABLE READ');
    } catch (error) {
      if (!reply.raw.headersSent) throw error;
      // All that can be said now is that this is not the end.
      this.logger.warn(`A block list broke off: ${error instanceof Error ? error.message : String(error)}`);
      reply.raw.destroy();
    } finally {
      this.sending -= 1;
    }
  }
}

async function sendPages(tx: Tx, siteId: string, raw: ServerResponse): Promise<void> {
  let after = '0';
  for (;;) {
    const images = await listBlockedImages(tx, siteId, after, PAGE);
    const last = images.at(-1);
    if (last === undefined) break;
    raw.write(images.map(lineOf).join(''));
    if (!(await drained(raw, PATIENCE))) return void raw.destroy();
    if (images.length < PAGE) break;
    after = last.id;
  }
  raw.end();
}

function lineOf({ reason, since, version, ...image }: ListedBlock): string {
  const line: BlockedImageLine = {
    image: namedImage(image),
    blocked: true,
    reason,
    since: wholeSeconds(since),
    version,
  };
  return `${JSON.stringify(line)}\n`;
}
