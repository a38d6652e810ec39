import type { Queue } from 'bull';

/** What Redis answers to "may this process be asked?": jobs run without it, so it is never `down`. */
export class RedisReadiness {
  readonly name = 'redis';

  constructor(private readonly queue: Queue) {}

  async check(): Promise<'up' | 'degraded'> {
    try {
      await this.queue.client.ping();
      return 'up';
    } catch {
      return 'degraded';
    }
  }
}
