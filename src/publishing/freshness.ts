import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { BlockIndex } from '../visibility/block-index.js';

/** The log is looked at several times a second: a look older than this, in ms, did not just come late. */
const STALE = 5_000;

/**
 * Says of a state when it was true, once that is no longer "now": without Postgres a process goes on answering from memory.
 * In a header, so that body and ETag stay the same.
 */
@Injectable()
export class Freshness {
  private readonly stale: number;

  constructor(
    private readonly index: BlockIndex,
    @Inject(CONFIG) { visibility }: VigieConfig,
  ) {
    this.stale = Math.max(STALE, visibility.pollMilliseconds * 3);
  }

  /** Adds `Vigie-As-Of` to an answer from memory when the log was not looked at for 5 seconds (or three polls). */
  tell(reply: FastifyReply): void {
    const { asOf } = this.index;
    if (Date.now() - asOf.getTime() > this.stale) reply.header('vigie-as-of', asOf.toISOString());
  }
}
