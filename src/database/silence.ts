import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';

/** A connection of the pool, with what its driver does not show in its types. */
interface Client {
  readonly connection: { readonly stream: Socket };
}

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
 * swallows what is sent, and no error ever comes by itself. Whoever waits gets one, and answers 503. A long statement and a
 * lock that is waited for look otherwise, since others are answered meanwhile: every process looks at the log several times a
 * second (follow-log.ts).
 *
 * It counts looks and not time: after this process itself was stopped for a while, answers are there that nobody has read.
 */
export class Silence implements OnApplicationShutdown {
  private readonly logger = new Logger(Silence.name);
  /** Whose holders wait for an answer, or are about to ask; with what had been read of each at the last look. */
  private readonly used = new Map<Client, number>();
  /** Something was heard since the last look. */
  private spoke = false;
  private silentLooks = 0;
  private readonly timer: NodeJS.Timeout;

  /** @param pool of pg-pool */
  constructor(
    pool: EventEmitter,
    private readonly options: SilenceOptions = USUAL,
  ) {
    pool.on('connect', () => (this.spoke = true));
    pool.on('acquire', (client: Client) => this.used.set(client, bytesRead(client)));
    pool.on('release', (_error: unknown, client: Client) => this.leave(client));
    pool.on('remove', (client: Client) => this.used.delete(client));
    this.timer = setInterval(() => this.look(), options.every).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private leave(client: Client): void {
    if (bytesRead(client) !== this.used.get(client)) this.spoke = true;
    this.used.delete(client);
  }

  private look(): void {
    for (const [client, before] of this.used) {
      const now = bytesRead(client);
      if (now !== before) this.spoke = true;
      this.used.set(client, now);
    }
    this.silentLooks = this.spoke || this.used.size === 0 ? 0 : this.silentLooks + 1;
    this.spoke = false;
    if (this.silentLooks < this.options.looks) return;
    this.silentLooks = 0;
    this.logger.warn(
      `Postgres says nothing: ${this.used.size} connections that waited for it were given up.`,
    );
    for (const { connection } of this.used.keys()) connection.stream.destroy();
  }
}

const bytesRead = ({ connection }: Client): number => connection.stream.bytesRead;
