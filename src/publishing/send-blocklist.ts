import type { ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { BlockedImageLine } from '../contract/changes.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { type ListedBlock, listBlockedImages } from '../database/statements/images/list-blocked-images.js';
import { readFeedHead } from '../database/statements/log/read-feed-head.js';
import type { Tx } from '../database/tx.js';
import { partsOfImage } from '../visibility/parts-of-image.js';
import { namedImage } from '../visibility/seen-change.js';
import { ChangeCursors } from './change-cursor.js';
import { drained } from './drained.js';
import { wholeSeconds } from './whole-seconds.js';
import { sendHead } from '../http/send-head.js';

/** Images a page: some 250 KB, and a few milliseconds between which other requests are answered. */
const PAGE = 1_000;
/** Characters that are written before they must be taken: a page is nearly always less. */
const CHUNK = 1 << 20;
/** Nor may it take longer in all, in ms, than this and so much for every page: the snapshot holds up what tidies tables. */
const LONGEST = 60_000;
const LONGEST_PAGE = 1_000;

/**
 * The whole block list, page by page out of one snapshot, no faster than it is read. The one place where something is
 * sent while a transaction is open: it reads only, locks nothing, and is bounded in number and patience.
 */
@Injectable()
export class SendBlocklist implements OnModuleDestroy {
  private readonly logger = new Logger(SendBlocklist.name);
  private readonly most: number;
  /** Milliseconds. */
  private readonly patience: number;
  /** What is being sent, with its site. */
  private readonly sending = new Map<ServerResponse, string>();

  constructor(
    private readonly database: Database,
    private readonly cursors: ChangeCursors,
    @Inject(CONFIG) { database: { poolSize }, feed }: VigieConfig,
  ) {
    this.patience = feed.listPatienceSeconds * 1_000;
    // Reports and decisions need the pool too.
    this.most = Math.max(1, Math.floor(poolSize / 3));
  }

  /**
   * @throws VigieError UNAVAILABLE when as many are being sent as may be; what the database throws before the first byte
   */
  async send(siteId: string, reply: FastifyReply): Promise<void> {
    if (reply.request.method === 'HEAD') {
      sendHead(reply, await this.database.inIndexedTransaction((tx) => this.headers(tx, siteId)));
      return;
    }
    this.checkRoom(siteId);
    this.sending.set(reply.raw, siteId);
    let whole = false;
    try {
      whole = await this.database.inIndexedTransaction(async (tx) => {
        const raw = sendHead(reply, await this.headers(tx, siteId));
        return raw !== null && (await sendPages(tx, siteId, raw, this.patience));
      }, 'REPEATABLE READ');
    } catch (error) {
      if (!reply.raw.headersSent) throw error;
      // All that can be said now is that this is not the end.
      this.logger.warn(`A block list broke off: ${error instanceof Error ? error.message : String(error)}`);
      reply.raw.destroy();
    } finally {
      this.sending.delete(reply.raw);
    }
    // Only now: who has heard the end and asks again finds the place free.
    if (whole) reply.raw.end();
  }

  /** What is not whole by now is taken again, from another process. */
  onModuleDestroy(): void {
    for (const raw of this.sending.keys()) raw.destroy();
  }

  private async headers(tx: Tx, siteId: string): Promise<Record<string, string>> {
    const { epoch, seq } = await readFeedHead(tx);
    return {
      'content-type': 'application/x-ndjson',
      'vigie-cursor': this.cursors.seal({ epoch, siteId, seq }),
    };
  }

  /** One site leaves room for the others, where there is room for more than one. */
  private checkRoom(siteId: string): void {
    const ofSite = [...this.sending.values()].filter((one) => one === siteId).length;
    if (this.sending.size < this.most && ofSite < Math.max(1, this.most - 1)) return;
    throw new VigieError(
      'UNAVAILABLE',
      'This process is sending as many block lists as it may. Ask again in a second.',
    );
  }
}

/** @returns whether all was taken in time; who was slower is dropped */
async function sendPages(tx: Tx, siteId: string, raw: ServerResponse, patience: number): Promise<boolean> {
  let after = '0';
  let until = performance.now() + LONGEST;
  for (;;) {
    until += LONGEST_PAGE;
    const images = await listBlockedImages(tx, siteId, after, PAGE);
    const last = images.at(-1);
    if (last === undefined) return true;
    for (const chunk of chunksOf(images)) {
      raw.write(chunk);
      const inTime = await drained(raw, Math.min(patience, Math.max(0, until - performance.now())));
      if (!inTime) {
        raw.destroy();
        return false;
      }
    }
    if (images.length < PAGE) return true;
    after = last.id;
  }
}

/** Their lines, some at a time: of addresses a page may have any number. */
function* chunksOf(images: readonly ListedBlock[]): Generator<string> {
  let chunk = '';
  for (const image of images) {
    for (const line of linesOf(image)) {
      chunk += line;
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

/** One, unless it has very many addresses. */
function* linesOf({ reason, since, version, ...named }: ListedBlock): Generator<string> {
  for (const image of partsOfImage(namedImage(named))) {
    const line: BlockedImageLine = { image, blocked: true, reason, since: wholeSeconds(since), version };
    yield `${JSON.stringify(line)}\n`;
  }
}
