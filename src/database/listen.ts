import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { HeardClient } from './heard-client.js';

const FIRST_RETRY_MILLISECONDS = 100;
const LAST_RETRY_MILLISECONDS = 10_000;

export interface DoorbellOptions {
  /** False behind PgBouncer in transaction mode, where LISTEN hears nothing: then the doorbell stays silent. */
  readonly sessionPooling: boolean;
}

/**
 * NOTIFY, heard over one connection that is used for nothing else. A ring says "go and look", never what to see, and
 * may be missed while the connection is down: whoever is woken by it must also look from time to time. After each
 * (re)connection everybody is rung, since something may have happened meanwhile.
 */
export class Doorbell {
  private readonly logger = new Logger(Doorbell.name);
  private readonly handlers = new Map<string, Set<() => void>>();
  private client: pg.Client | null = null;
  private attempt = 0;
  private retry: NodeJS.Timeout | null = null;
  private connecting: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly options: DoorbellOptions,
  ) {}

  /** Rings `handler`, which must not throw, at every NOTIFY on `channel`. Returns the way to stop it. */
  on(channel: string, handler: () => void): () => void {
    const known = this.handlers.get(channel);
    const handlers = known ?? new Set();
    handlers.add(handler);
    this.handlers.set(channel, handlers);
    if (this.client === null) this.connectSoon(0);
    else if (known === undefined) this.listen(this.client, [channel]).then(handler, () => undefined);
    return () => handlers.delete(handler);
  }

  /** Ends the connection for good. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.retry !== null) clearTimeout(this.retry);
    await this.connecting;
    await this.client?.end();
  }

  private connectSoon(milliseconds: number): void {
    if (this.closed || !this.options.sessionPooling || this.retry !== null || this.connecting !== null)
      return;
    this.retry = setTimeout(() => {
      this.retry = null;
      this.connecting = this.connect().finally(() => {
        this.connecting = null;
        if (this.client === null) this.connectSoon(this.delay());
      });
    }, milliseconds);
  }

  private async connect(): Promise<void> {
    const client = new HeardClient({
      connectionString: this.url,
      application_name: 'vigie doorbell',
      connectionTimeoutMillis: 5_000,
      // The connection is silent for hours: without probes, a peer that vanished would never be missed.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // After an error, too: it says all there is to do.
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel }) => this.ring(channel));
    try {
      await client.connect();
      const channels = [...this.handlers.keys()];
      await this.listen(client, channels);
      this.client = client;
      this.attempt = 0;
      // Those that came while the others were being listened to.
      await this.listen(
        client,
        [...this.handlers.keys()].filter((channel) => !channels.includes(channel)),
      );
      for (const channel of this.handlers.keys()) this.ring(channel);
    } catch (error) {
      this.client = null;
      const reason = error instanceof Error ? error.message : String(error);
      if (this.attempt === 1) this.logger.warn(`No connection to listen on (${reason}); trying again.`);
      void client.end().catch(() => undefined);
    }
  }

  private async listen(client: pg.Client, channels: readonly string[]): Promise<void> {
    for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.connectSoon(this.delay());
  }

  /** Doubles with each attempt; the random half keeps many processes from coming back in the same instant. */
  private delay(): number {
    const longest = Math.min(LAST_RETRY_MILLISECONDS, FIRST_RETRY_MILLISECONDS * 2 ** this.attempt);
    this.attempt += 1;
    return longest * (0.5 + Math.random() / 2);
  }

  private ring(channel: string): void {
    for (const handler of this.handlers.get(channel) ?? []) handler();
  }
}
