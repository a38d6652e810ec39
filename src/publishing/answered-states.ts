import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { SiteCaller } from '../access/caller.js';
import { isFromSite } from '../access/origins/check-origin.js';
import { KeyDirectory } from '../access/keys/key-directory.js';
import { isOneSpelling } from '../access/keys/presented-key.js';
import { RateLimits } from '../access/limits/rate-limits.js';
import { addressRulesTag } from '../database/address-rules-tag.js';
import { etagOf, sendJson } from '../http/etag.js';
import { BlockIndex, type Entry, isSameEntry } from '../visibility/block-index.js';
import { Freshness } from './freshness.js';

/** A state as it was told, and what it was true of. */
interface Answered {
  readonly siteId: string;
  readonly kind: SiteCaller['kind'];
  /** Of the address rules by which the keys were made. */
  readonly rules: string;
  readonly hashes: readonly Buffer[];
  readonly entry: Entry | null;
  readonly body: string;
  readonly etag: string;
}

interface Found {
  readonly caller: SiteCaller;
  readonly answered: Answered;
}

/** Addresses kept that were asked for, at some 600 bytes for each answer. */
const LIMIT = 20_000;

/** Answers to one address: two for a site, and hardly ever does another one ask for the same picture. */
const ANSWERS = 4;

/** Characters of a question; longer ones than images have would let one key take hundreds of megabytes. */
const LONGEST = 1_024;

/**
 * States that were asked for before, by a site's keys of the same kind and in the same words, which is nearly every page view. They are
 * told again before the framework's way of guards, pipes and validation begins, which costs as much as all the rest:
 * measured, 0.5 of a bare route's throughput on that way and 0.8 here. A question gets here only by having passed that
 * way once. Each time the key is looked up and the image is looked for in the block index, so an answer is never older
 * than those.
 */
@Injectable()
export class AnsweredStates {
  /**
   * By address of the request alone: with the key in front, a text was made of both for each question and hashed, which was
   * 0.4 of the 6.8 us that it took beside the socket (`--cpu-prof`).
   */
  private readonly known = new LRUCache<string, readonly Answered[]>({ max: LIMIT });

  constructor(
    private readonly keys: KeyDirectory,
    private readonly limits: RateLimits,
    private readonly index: BlockIndex,
    private readonly freshness: Freshness,
    host: HttpAdapterHost,
  ) {
    // Routes are registered after providers are made: early enough for a hook.
    const fastify = host.httpAdapter?.getInstance<FastifyInstance | undefined>();
    fastify?.addHook('onRequest', (request, reply, done) => {
      const found = this.find(request);
      if (found === null) return done();
      const answer = (): void => this.answer(found, request, reply);
      try {
        const counted = this.limits.count('states', found.caller, request, reply);
        if (counted === undefined) answer();
        else counted.then(answer).catch(done);
      } catch (error) {
        done(error as Error);
      }
    });
  }

  /** Keeps what a site was told of an image that it named by address or by id. Browsers send their Origin, and are not kept. */
  remember(
    { headers, url }: FastifyRequest,
    { kind, site }: SiteCaller,
    told: Pick<Answered, 'hashes' | 'entry' | 'body'>,
  ): void {
    const { authorization, origin } = headers;
    if (authorization === undefined || origin !== undefined) return;
    if (!isOneSpelling(authorization) || url.length > LONGEST) return;
    const { entry, body } = told;
    // Copies of their own: a small buffer would keep the 8 KB of which it was cut in memory.
    const hashes = told.hashes.map((hash) => Buffer.alloc(hash.length, hash));
    const rules = addressRulesTag(site.addressRules);
    const answered = { siteId: site.id, kind, rules, hashes, entry, body, etag: etagOf(body) };
    const others = this.known.get(url)?.filter((other) => !isTo(other, kind, site.id)) ?? [];
    this.known.set(url, [answered, ...others].slice(0, ANSWERS));
  }

  private find(request: FastifyRequest): Found | null {
    const { authorization, origin } = request.headers;
    if (authorization === undefined || origin !== undefined || request.method !== 'GET') return null;
    // The caller may know a version that is not in memory yet.
    if (request.headers['vigie-at-least'] !== undefined) return null;
    const told = this.known.get(request.url);
    if (told === undefined) return null;
    const verdict = this.keys.recall(authorization);
    if (verdict === undefined || 'refused' in verdict) return null;
    const { caller } = verdict;
    if (caller.kind === 'staff') return null;
    const answered = told.find((each) => isTo(each, caller.kind, caller.site.id));
    if (answered === undefined) return null;
    if (caller.kind === 'publishable' && !isFromSite(caller.site, request)) return null;
    if (addressRulesTag(caller.site.addressRules) !== answered.rules) return null;
    return isSameEntry(this.index.firstOf(answered.hashes), answered.entry) ? { caller, answered } : null;
  }

  private answer({ caller, answered }: Found, request: FastifyRequest, reply: FastifyReply): void {
    if (caller.kind === 'publishable') reply.header('vary', 'Origin');
    this.freshness.tell(reply);
    sendJson(request, reply, answered.body, answered.etag);
  }
}

const isTo = (answered: Answered, kind: SiteCaller['kind'], siteId: string): boolean =>
  answered.kind === kind && answered.siteId === siteId;
