import type { Socket } from 'node:net';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { Inquiry } from './inquiry.js';

/** A connection of the pool, with what its driver does not show in its types. */
interface Client {
  readonly connection: { readonly stream: Socket };
  /** Of the backend at its other end. */
  readonly processID: number;
}

export interface SilenceOptions {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** After so many looks in a row that found somebody waiting and nothing heard, nobody waits any longer. */
  readonly looks: number;
}

/** What was found on a connection at the last look. */
interface Heard {
  /** Bytes, since its beginning. */
  readonly read: number;
  /** Looks in a row at which nothing more was read, while it was in use. */
  readonly silentLooks: number;
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
 * A long statement, and a lock that is waited for, is no silence. So Postgres is asked itself, half-way, whether it is at work for those
 * who hear nothing; who says nothing to that either is at work for nobody. While others are answered, on connections that are newer (the
 * host beyond was replaced, a firewall forgot what was there), only those are ended of which Postgres says that it is not: what
 * waited on them waited for half a minute. A transaction that was lost with its connection is at work until Postgres ends it (database.ts).
 *
 * It counts looks and not time: after this process itself was stopped for a while, answers are there that nobody has read.
 */
export class Silence implements OnApplicationShutdown {
  private readonly logger = new Logger(Silence.name);
  /** Whose holders wait for an answer, or are about to ask. */
  private readonly used = new Map<Client, Heard>();
  /** Something was heard since the last look. */
  private spoke = false;
  private silentLooks = 0;
  private inquiry: Inquiry | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly pool: Pool,
    private readonly options: SilenceOptions = USUAL,
  ) {
    pool.on('connect', () => (this.spoke = true));
    pool.on('acquire', (client) => {
      this.used.set(shown(client), { read: bytesRead(shown(client)), silentLooks: 0 });
    });
    pool.on('release', (_error, client) => this.leave(shown(client)));
    pool.on('remove', (client) => this.used.delete(shown(client)));
    this.timer = setInterval(() => this.look(), options.every).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.inquiry?.end();
  }

  private leave(client: Client): void {
    if (bytesRead(client) !== this.used.get(client)?.read) this.spoke = true;
    this.used.delete(client);
  }

  private look(): void {
    const { looks } = this.options;
    const half = Math.ceil(looks / 2);
    let isAsked = false;
    const silent: Client[] = [];
    for (const [client, { read, silentLooks }] of this.used) {
      const now = bytesRead(client);
      if (now !== read) this.spoke = true;
      const count = now === read ? silentLooks + 1 : 0;
      isAsked ||= count === half;
      if (count === looks) silent.push(client);
      this.used.set(client, { read: now, silentLooks: count % looks });
    }
    this.silentLooks = this.spoke || this.used.size === 0 ? 0 : this.silentLooks + 1;
    this.spoke = false;
    if (isAsked || this.silentLooks === half) this.inquire();
    if (this.silentLooks >= looks) {
      this.silentLooks = 0;
      this.giveUp(
        [...this.used.keys()].filter(({ processID }) => this.inquiry?.isAtWork(processID) !== true),
      );
    } else if (silent.length > 0)
      this.giveUp(silent.filter(({ processID }) => this.inquiry?.isAtWork(processID) === false));
  }

  private inquire(): void {
    this.inquiry?.end();
    this.inquiry = new Inquiry(
      this.pool.options,
      [...this.used.keys()].map(({ processID }) => processID),
    );
  }

  private giveUp(silent: readonly Client[]): void {
    this.inquiry?.end();
    if (silent.length === 0) return;
    this.logger.warn(`Postgres says nothing: ${silent.length} connections that waited for it were given up.`);
    for (const { connection } of silent) connection.stream.destroy();
  }
}

const shown = (client: PoolClient): Client => client as unknown as Client;

const bytesRead = ({ connection }: Client): number => connection.stream.bytesRead;
