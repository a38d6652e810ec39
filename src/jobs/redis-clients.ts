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
  /** As Redis knows the connection that is there, or was: `CLIENT KILL` takes it. */
  private known: readonly string[] | null = null;

  constructor(url: string, options: RedisOptions) {
    super(url, options);
    this.on('connect', () => this.takeOver());
  }

  /** Never fails: whoever asks something over a connection that is not there is told then. */
  override async connect(): Promise<void> {
    if (!this.over) await super.connect().catch(() => undefined);
  }

  /**
   * Ends at Redis the connection before this one, which Redis may not know to be lost. Whoever takes jobs has as many
   * questions waiting there as the process may run jobs, five seconds each; until they were over, jobs that came
   * were given to it, and nobody had them until they were handed out again (`relaySeconds`). Asked before anything else,
   * so it is gone before the same questions are asked anew. A Redis before 6.2 does not tell whom it knows, and one that is
   * somebody else's may not let us: then it stays as it was.
   */
  private takeOver(): void {
    // Both: after a restart of Redis the number is another's.
    if (this.known !== null) this.client('KILL', ...this.known).catch(() => undefined);
    this.known = null;
    this.client('INFO').then(
      (info) => {
        const [, id, address] = /^id=(\d+) addr=(\S+)/.exec(String(info)) ?? [];
        if (id !== undefined && address !== undefined) this.known = ['ID', id, 'ADDR', address];
      },
      () => undefined,
    );
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
      // Redis takes no name with a space.
      connectionName: `vigie-${type}`,
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
