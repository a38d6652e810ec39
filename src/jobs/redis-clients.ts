import type { QueueOptions } from 'bull';
import { Redis, type RedisOptions } from 'ioredis';

/** Milliseconds between two tries to connect, at most. */
const LONGEST_RETRY = 2_000;

/**
 * Milliseconds after which a connection that was ended is cut off. Where there is none any more, ioredis waits for as long
 * all the same, and keeps the process up.
 */
const GOODBYE = 100;

/**
 * Milliseconds without a word on a connection over which something was asked, before it counts as lost and another is made.
 * A host that dies, or a firewall that forgets, tells nobody: who asks would hear of it after a quarter of an hour, and who
 * only waits, as whoever takes jobs does, after two hours. More than the five seconds that Bull waits for a job, and the same
 * for both, so that jobs are taken again before they are handed out again.
 */
const SILENCE = 8_000;

/** What is asked fails at once without Redis, and is not kept for when it comes back: Postgres has it all. */
const ASKING: RedisOptions = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  connectTimeout: 1_000,
  commandTimeout: 1_500,
  socketTimeout: SILENCE,
};

/** What waits for Redis to speak waits as long as it takes. */
const WAITING: RedisOptions = {
  maxRetriesPerRequest: null,
  enableReadyCheck: false,
  socketTimeout: SILENCE,
};

/**
 * As it stops, Bull opens one of its connections anew, and hears what became of it only once all jobs are over: a Redis
 * that had gone ended the process by a rejection, and one that came back kept a connection that nobody closed.
 */
class BullConnection extends Redis {
  over = false;

  /** Never fails: whoever asks something over a connection that is not there is told then. */
  override async connect(): Promise<void> {
    if (!this.over) await super.connect().catch(() => undefined);
  }
}

/** The connections that Bull has made for it, which it never closes. */
export class RedisClients {
  private readonly made: BullConnection[] = [];

  constructor(private readonly url: string) {}

  /** For Bull's options. */
  readonly createClient: NonNullable<QueueOptions['createClient']> = (type) => {
    const client = new BullConnection(this.url, {
      ...(type === 'client' ? ASKING : WAITING),
      connectionName: `vigie ${type}`,
      disconnectTimeout: GOODBYE,
      retryStrategy: (attempt) => Math.min(LONGEST_RETRY, 100 * 2 ** Math.min(attempt, 10)),
    });
    // Told where it matters; without a listener it would be printed.
    client.on('error', () => undefined);
    this.made.push(client);
    return client;
  };

  /** For good; what was asked and not answered fails. */
  disconnect(): void {
    for (const client of this.made.splice(0)) {
      client.over = true;
      client.disconnect();
    }
  }
}
