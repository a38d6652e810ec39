import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyDirectory } from '../access/key-directory.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { ChangeFeed } from '../visibility/change-feed.js';
import { ChangeCursors, type FeedPlace } from './change-cursor.js';
import { ChangeStream } from './change-stream.js';
import { ReadChanges } from './read-changes.js';
import { sendHead } from './send-head.js';

const HEARTBEAT = 20_000;

/** All streams of this process. They end first at a stop: an open one keeps the server from closing. */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly streams = new Map<ChangeStream, string>();
  private readonly beating = setInterval(() => void this.beat(), HEARTBEAT).unref();
  private ending = false;

  constructor(
    private readonly reading: ReadChanges,
    private readonly cursors: ChangeCursors,
    private readonly feed: ChangeFeed,
    private readonly keys: KeyDirectory,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {}

  /** How many are open. */
  get size(): number {
    return this.streams.size;
  }

  /**
   * Answers with a stream that begins after a place.
   *
   * @throws VigieError UNAVAILABLE when this process has as many as it may
   */
  open(request: FastifyRequest, reply: FastifyReply, place: FeedPlace): void {
    const { maxStreams, streamPatienceSeconds } = this.config.feed;
    if (this.ending) throw new VigieError('UNAVAILABLE', 'This process is stopping: ask again.');
    if (this.streams.size >= maxStreams) {
      throw new VigieError(
        'UNAVAILABLE',
        `This process serves ${maxStreams} streams already. Ask again in a second, or poll /v1/changes.`,
      );
    }
    const raw = sendHead(reply, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    if (raw === null) return;
    const patience = streamPatienceSeconds * 1000;
    const stream = new ChangeStream(raw, place, this.reading, this.cursors, patience);
    this.streams.set(stream, request.headers.authorization ?? '');
    const off = this.feed.onChange(place.siteId, () => stream.ring());
    raw.once('close', () => {
      off();
      this.streams.delete(stream);
    });
    stream.begin();
  }

  /** Every 20 seconds: all say how fresh they are, except those whose key was revoked meanwhile, which end. */
  async beat(): Promise<void> {
    for (const [stream, authorization] of [...this.streams]) {
      const verdict = await this.keys.lookUp(authorization).catch(() => undefined);
      if (verdict !== undefined && 'refused' in verdict) stream.end(verdict.refused);
      else stream.beat();
    }
  }

  onModuleDestroy(): void {
    this.ending = true;
    clearInterval(this.beating);
    for (const stream of [...this.streams.keys()]) stream.end('This process is stopping: connect again.');
  }
}
