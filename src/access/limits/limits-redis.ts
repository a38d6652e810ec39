import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/** Milliseconds in which Redis is not asked again after it failed: each process counts for itself meanwhile. */
const AWAY = 1_000;

/** Milliseconds that a request waits for Redis at most. */
const PATIENCE = 200;

/**
 * Milliseconds without a word over a connection on which something was asked, before it counts as lost and another is made: a
 * host that dies, or a firewall that forgets, tells nobody, and the system finds out after a quarter of an hour.
 */
const SILENCE = 2_000;

/** Milliseconds after which a connection that was ended is cut off; ioredis waits for as long where there is none any more. */
const GOODBYE = 100;

/** Milliseconds between two tries to connect, at most. */
const LONGEST_RETRY = 2_000;

/** The Redis in which all processes count together. It may be away: then nobody waits for it. */
export class LimitsRedis implements OnApplicationShutdown {
  readonly client: Redis;
  private readonly logger = new Logger('Limits');
  private awayUntil = 0;
  private away = false;

  constructor(url: string) {
    this.client = new Redis(url, {
      // Redis takes no name with a space.
      connectionName: 'vigie-limits',
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      connectTimeout: 1_000,
      commandTimeout: PATIENCE,
      socketTimeout: SILENCE,
      disconnectTimeout: GOODBYE,
      retryStrategy: (attempt) => Math.min(LONGEST_RETRY, 100 * 2 ** Math.min(attempt, 10)),
    });
    // Also while no request comes, and of a Redis that was never there.
    this.client.on('error', (error) => this.isAway(error));
    this.client.on('ready', () => this.worked());
  }

  /** Whether it is worth asking. */
  get isThere(): boolean {
    return this.client.status === 'ready' && performance.now() >= this.awayUntil;
  }

  /** A count failed. */
  failed(error: unknown): void {
    this.awayUntil = performance.now() + AWAY;
    this.isAway(error);
  }

  /** A count came back. */
  worked(): void {
    if (this.away) this.logger.log('Redis is back: all processes count together again.');
    this.away = false;
  }

  private isAway(error: unknown): void {
    if (!this.away) {
      const reason = error instanceof AggregateError ? error.errors.map(String).join(', ') : String(error);
      this.logger.warn(
        `Redis can't be reached (${reason}): this process counts for itself until it is back.`,
      );
    }
    this.away = true;
  }

  onApplicationShutdown(): void {
    this.client.disconnect();
  }
}
