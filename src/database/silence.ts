import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { Conversation } from './conversation.js';
import { Inquiry } from './inquiry.js';

export interface SilenceOptions {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** After so many looks in a row that found somebody waiting and nothing heard, nobody waits any longer. */
  readonly looks: number;
}

/**
 * Eight seconds: more than a Postgres that works ever says nothing at all, and in sum with the time in which a new
 * connection must be there (data-source.ts) less than proxies and browsers wait for an answer.
 */
const USUAL: SilenceOptions = { every: 1_000, looks: 8 };

/**
 * Ends the connections of a pool on which Postgres says nothing at all although it is asked: it is stopped, or the network
 * swallows what is sent, and no error ever comes by itself. Whoever waits gets one, and answers 503.
 *
 * A long statement, and a lock that is waited for, is no silence. So Postgres is asked itself, from half-way on and at each look, whether
 * it is at work for those who hear nothing; who says nothing to that either is at work for nobody. While it answers (the host
 * between was replaced, a firewall forgot what was there) a connection is lost whose backend waits for us as we wait for it, and
 * has done nothing from one look to the next: what was asked, or its answer, was swallowed. Its backend is ended, since it holds what its
 * transaction has locked: those behind it waited for ten seconds (database.ts), one after the other. Backends that are at work
 * are asked about again: once they have what they waited for, they wait, too.
 *
 * It counts looks and not time: after this process itself was stopped for a while, answers are there that nobody has read.
 */
export class Silence implements OnApplicationShutdown {
  private readonly logger = new Logger(Silence.name);
  private readonly conversations = new WeakMap<PoolClient, Conversation>();
  /** Whose holders wait for an answer, or are about to ask. */
  private readonly used = new Set<Conversation>();
  /** Something was heard since the last look. */
  private spoke = false;
  private silentLooks = 0;
  /** Looks since some were found to be lost. */
  private looksSinceLoss = Infinity;
  private inquiry: Inquiry | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly pool: Pool,
    private readonly options: SilenceOptions = USUAL,
  ) {
    pool.on('connect', () => (this.spoke = true));
    pool.on('acquire', (client) => this.enter(client));
    pool.on('release', (_error, client) => this.leave(client));
    pool.on('remove', (client) => this.leave(client));
    this.timer = setInterval(() => this.look(), options.every).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.inquiry?.end();
  }

  private enter(client: PoolClient): void {
    const conversation = this.conversations.get(client) ?? new Conversation(client);
    this.conversations.set(client, conversation);
    conversation.begin();
    this.used.add(conversation);
  }

  private leave(client: PoolClient): void {
    const conversation = this.conversations.get(client);
    if (conversation === undefined || !this.used.delete(conversation)) return;
    if (!conversation.isSilent) this.spoke = true;
  }

  private look(): void {
    const { looks } = this.options;
    const half = Math.ceil(looks / 2);
    for (const conversation of this.used) {
      if (!conversation.isSilent) this.spoke = true;
      conversation.look();
    }
    const asked = [...this.used].filter(({ silentLooks }) => silentLooks > 0);
    this.silentLooks = this.spoke || asked.length === 0 ? 0 : this.silentLooks + 1;
    this.spoke = false;
    this.looksSinceLoss += 1;
    if (this.silentLooks >= looks) {
      this.silentLooks = 0;
      this.giveUp(asked.filter(({ pid }) => this.inquiry?.isAtWork(pid) !== true));
    }
    // Where some were lost others are, too.
    const isDoubtful = this.silentLooks >= half || this.looksSinceLoss < half;
    void this.inquire(isDoubtful ? asked : asked.filter(({ silentLooks }) => silentLooks >= half));
  }

  private async inquire(silent: readonly Conversation[]): Promise<void> {
    if (silent.length === 0) {
      if (this.inquiry?.endIfIdle() === true) this.inquiry = null;
      return;
    }
    if (this.inquiry !== null && this.inquiry.unanswered >= Math.ceil(this.options.looks / 2)) {
      this.inquiry.end();
      this.inquiry = null;
    }
    const inquiry = (this.inquiry ??= new Inquiry(this.pool.options));
    const lost = await inquiry.ask(silent);
    if (lost.length === 0) return;
    this.looksSinceLoss = 0;
    this.logger.warn(
      `Postgres waits where we wait for it: ${lost.length} connections were lost without a word, and are given up.`,
    );
    for (const conversation of lost) conversation.giveUp();
    const unused = this.takeUnused();
    await inquiry.endBackends(lost);
    await inquiry.endBackends(await unused);
  }

  /**
   * Empties the pool of those that nobody uses. New ones cost little; whoever was given one of these, and it is lost as well, would
   * wait for as long again.
   */
  private async takeUnused(): Promise<readonly Conversation[]> {
    const taken = await Promise.allSettled(
      Array.from({ length: this.pool.idleCount }, () => this.pool.connect()),
    );
    return taken.flatMap((one) => {
      if (one.status === 'rejected') return [];
      const conversation = this.conversations.get(one.value);
      conversation?.giveUp();
      one.value.release(true);
      return conversation ?? [];
    });
  }

  private giveUp(silent: readonly Conversation[]): void {
    if (silent.length === 0) return;
    this.logger.warn(`Postgres says nothing: ${silent.length} connections that waited for it were given up.`);
    for (const conversation of silent) conversation.giveUp();
  }
}
