import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SiteSettings } from '../access/caller.js';
import { KeyDirectory, type Verdict } from '../access/keys/key-directory.js';
import type { Places } from '../access/limits/places.js';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { addressRulesTag } from '../database/address-rules-tag.js';
import { ChangeFeed } from '../visibility/change-feed.js';
import { ChangeCursors, type FeedPlace } from './change-cursor.js';
import { ChangeStream } from './change-stream.js';
import { feedPlaces } from './feed-places.js';
import { ReadChanges } from './read-changes.js';
import { sendHead } from '../http/send-head.js';
import { STOPPING } from '../http/stopping.js';

const HEARTBEAT = 20_000;

/** What a stream was opened with. */
interface Opened {
  readonly authorization: string;
  /** Tag of the site's address rules, as its head says. */
  readonly rules: string;
}

/** All streams of this process. They end first at a stop: an open one keeps the server from closing. */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly streams = new Map<ChangeStream, Opened>();
  private readonly places: Places;
  private readonly beating = setInterval(() => void this.beat(), HEARTBEAT).unref();
  private ending = false;

  constructor(
    private readonly reading: ReadChanges,
    private readonly cursors: ChangeCursors,
    private readonly feed: ChangeFeed,
    private readonly keys: KeyDirectory,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {
    this.places = feedPlaces(config.feed.maxStreams);
  }

  /** How many are open. */
  get size(): number {
    return this.streams.size;
  }

  /**
   * Answers with a stream that begins after a place.
   *
   * @throws VigieError UNAVAILABLE when this process has as many as it may, of all sites or of this one
   */
  open(
    { addressRules }: SiteSettings,
    { headers }: FastifyRequest,
    reply: FastifyReply,
    place: FeedPlace,
  ): void {
    if (this.ending) throw new VigieError('UNAVAILABLE', STOPPING);
    const leave = this.places.take(place.siteId);
    if (leave === null) {
      throw new VigieError(
        'UNAVAILABLE',
        'This process serves as many streams as it may, of all sites or of yours. Ask again in a second, or poll /v1/changes.',
      );
    }
    const raw = sendHead(reply, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    if (raw === null) return leave();
    const patience = this.config.feed.streamPatienceSeconds * 1000;
    const stream = new ChangeStream(raw, place, this.reading, this.cursors, patience);
    this.streams.set(stream, {
      authorization: headers.authorization ?? '',
      rules: addressRulesTag(addressRules),
    });
    const off = this.feed.onChange(place.siteId, () => stream.ring());
    raw.once('close', () => {
      off();
      leave();
      this.streams.delete(stream);
    });
    stream.begin();
  }

  /**
   * Every 20 seconds: all say how fresh they are, except those that end: whose key was revoked meanwhile, and whose site
   * has other address rules, which only the head of a new one can say.
   */
  async beat(): Promise<void> {
    for (const [stream, { authorization, rules }] of [...this.streams]) {
      const verdict = await this.keys.lookUp(authorization).catch(() => undefined);
      if (verdict !== undefined && 'refused' in verdict) stream.end(verdict.refused);
      else if (verdict !== undefined && rulesOf(verdict) !== rules)
        stream.end('The address rules of the site have changed: connect again.');
      else stream.beat();
    }
  }

  onModuleDestroy(): void {
    this.ending = true;
    clearInterval(this.beating);
    for (const stream of [...this.streams.keys()]) stream.end('This process is stopping: connect again.');
  }
}

const rulesOf = (verdict: Verdict): string | null =>
  'caller' in verdict && verdict.caller.kind !== 'staff'
    ? addressRulesTag(verdict.caller.site.addressRules)
    : null;
