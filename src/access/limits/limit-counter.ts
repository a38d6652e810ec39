import { LRUCache } from 'lru-cache';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limit } from '../../config/load-config.js';
import type { LimitsRedis } from './limits-redis.js';

/**
 * Whose requests are counted together. `unknown`, `wideUnknown`: of a network without a known key; `door`: of a network, of
 * those who want to sign in.
 */
export type Whose =
  | 'device'
  | 'account'
  | 'network'
  | 'wideNetwork'
  | 'publishable'
  | 'secret'
  | 'staff'
  | 'unknown'
  | 'wideUnknown'
  | 'door';

/** What is left of a limit after a request was counted. */
export interface Left {
  readonly counter: LimitCounter;
  readonly isRefused: boolean;
  /** Requests that will be taken until the time is over. */
  readonly points: number;
  /** Milliseconds until it begins anew. */
  readonly milliseconds: number;
}

/** Where counts are kept that hold for all processes. */
export interface SharedCounts {
  readonly redis: LimitsRedis;
  /** In front of every key: several installations may share a Redis. */
  readonly prefix: string;
}

/** From the first request on. */
interface Window {
  taken: number;
  /** By `performance.now`. */
  readonly until: number;
}

/** Windows kept in memory, at some 200 bytes each: who sends from more networks than these at once starts anew in some. */
const REMEMBERED = 50_000;
/** As a size and not as `max`, for which the library takes the memory of all of them at once: 1.4 MB for each limit. */
const GROWING = { maxSize: REMEMBERED, sizeCalculation: () => 1 };

/**
 * Counts the requests of each of many, in windows that begin with their first request. In memory without a promise and
 * without a timer: rate-limiter-flexible's own counter in memory gives and sets one, and made a question for a state 3.5 us
 * slower, of 25, where this makes it 1.8. In Redis it is the library that counts, by one script for each limit.
 */
export class LimitCounter {
  private readonly everywhere: RateLimiterRedis | null;
  /** Also what Redis last said: who has used up a limit there is refused without asking. */
  private readonly windows = new LRUCache<string, Window>(GROWING);

  /** @param shared null: each process counts for itself */
  constructor(
    readonly whose: Whose,
    readonly name: string,
    readonly limit: Limit,
    private readonly shared: SharedCounts | null,
  ) {
    this.everywhere =
      shared === null
        ? null
        : new RateLimiterRedis({
            points: limit.points,
            duration: limit.seconds,
            keyPrefix: `${shared.prefix}:${name}`,
            storeClient: shared.redis.client,
            rejectIfRedisNotReady: true,
          });
  }

  /**
   * How it stands with who would exceed the limit; undefined for all others. Asked before anything is counted, so that
   * whoever is refused pays nothing, here and to others who share another limit with them.
   */
  refusal(key: string, points: number): Left | undefined {
    const window = this.windows.get(key);
    if (window === undefined || window.taken + this.priceOf(points) <= this.limit.points) return undefined;
    const milliseconds = window.until - performance.now();
    if (milliseconds <= 0) return undefined;
    const left = Math.max(0, this.limit.points - window.taken);
    return { counter: this, isRefused: true, points: left, milliseconds };
  }

  /** Counts a request, in Redis if that answers in time, else here. Never rejects. */
  count(key: string, points: number): Left | Promise<Left> {
    const { shared, everywhere } = this;
    if (shared === null || everywhere === null || !shared.redis.isThere) return this.countHere(key, points);
    return this.countEverywhere(shared.redis, everywhere, key, points);
  }

  /** Who asks for more at once than there ever is gets it for all of it: else it would be refused for good. */
  private priceOf(points: number): number {
    return Math.min(points, this.limit.points);
  }

  /** Counts a request in this process. */
  countHere(key: string, points: number): Left {
    const now = performance.now();
    let window = this.windows.get(key);
    if (window === undefined || window.until <= now) {
      window = { taken: 0, until: now + this.limit.seconds * 1_000 };
      this.windows.set(key, window);
    }
    window.taken += this.priceOf(points);
    return this.left(window.taken, Math.round(window.until - now));
  }

  /** Takes back what was counted in this process, if that still holds. */
  giveBack(key: string, points: number): void {
    const window = this.windows.get(key);
    if (window !== undefined) window.taken = Math.max(0, window.taken - this.priceOf(points));
  }

  private async countEverywhere(
    redis: LimitsRedis,
    everywhere: RateLimiterRedis,
    key: string,
    points: number,
  ): Promise<Left> {
    let counted: RateLimiterRes;
    try {
      counted = await everywhere.consume(key, this.priceOf(points));
    } catch (refusal) {
      // The library rejects with the count when the limit is exceeded.
      if (!(refusal instanceof RateLimiterRes)) {
        redis.failed(refusal);
        return this.countHere(key, points);
      }
      counted = refusal;
    }
    redis.worked();
    const { consumedPoints: taken, msBeforeNext } = counted;
    if (taken >= this.limit.points) this.windows.set(key, { taken, until: performance.now() + msBeforeNext });
    return this.left(taken, msBeforeNext);
  }

  private left(taken: number, milliseconds: number): Left {
    const points = this.limit.points - taken;
    return { counter: this, isRefused: points < 0, points: Math.max(0, points), milliseconds };
  }
}
