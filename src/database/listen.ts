import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { HeardClient } from './heard-client.js';

const FIRST_RETRY_MILLISECONDS = 100;
const LAST_RETRY_MILLISECONDS = 10_000;

/** Milliseconds between two questions whether anybody is still at the other end. */
const PULSE = 5_000;
/** Milliseconds that an answer may take, as for all other connections (silence.ts). */
const PATIENCE = 8_000;

export interface DoorbellOptions {
  /** False behind PgBouncer in transaction mode, where LISTEN hears nothing: then the doorbell stays silent. */
  readonly sessionPooling: boolean;
  /** Milliseconds between two questions whether it is still heard. */
  readonly pulse?: number;
  /** Milliseconds for an answer, before the connection counts as lost. */
  readonly patience?: number;
}

/**
 * NOTIFY, heard over one connection that is used for nothing else. A ring says "go and look", never what to see, and
 * may be missed while the connection is down: whoever is woken by it must also look from time to time. After each
 * (re)connection everybody is rung, since something may have happened meanwhile. Nobody speaks on it for hours, so it
 * asks now and then whether it is still heard: where a host died, or a firewall forgot, nobody tells.
 */
export class Doorbell {
  private readonly logger = new Logger(Doorbell.name);
  private readonly handlers = new Map<string, Set<() => void>>();
  private client: pg.Client | null = null;
  private attempt = 0;
  private retry: NodeJS.Timeout | null = null;
  private pulse: NodeJS.Timeout | null = null;
  private connecting: Promise<void> | null = null;
  private closed = false;
  /** What was said last over a connection: the driver wants to be asked one thing at a time. */
  private said: Promise<unknown> = Promise.resolve();

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
    this.stopAsking();
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
      query_timeout: this.options.patience ?? PATIENCE,
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
      this.askSoon(client);
      // Those that came while the others were being listened to.
      await this.listen(
        client,
        [...this.handlers.keys()].filter((channel) => !channels.includes(channel)),
      );
      for (const channel of this.handlers.keys()) this.ring(channel);
    } catch (error) {
      this.client = null;
      this.stopAsking();
      const reason = error instanceof Error ? error.message : String(error);
      if (this.attempt === 1) this.logger.warn(`No connection to listen on (${reason}); trying again.`);
      void client.end().catch(() => undefined);
    }
  }

  private async listen(client: pg.Client, channels: readonly string[]): Promise<void> {
    for (const channel of channels) await this.say(client, `listen ${client.escapeIdentifier(channel)}`);
  }

  private say(client: pg.Client, text: string): Promise<unknown> {
    this.said = this.said.catch(() => undefined).then(() => client.query(text));
    return this.said;
  }

  /** Where it is not answered it is lost, and ends as such. */
  private askSoon(client: pg.Client): void {
    this.pulse = setTimeout(() => {
      this.say(client, 'select').then(
        () => {
          if (client === this.client && !this.closed) this.askSoon(client);
        },
        () => void client.end().catch(() => undefined),
      );
    }, this.options.pulse ?? PULSE).unref();
  }

  private stopAsking(): void {
    if (this.pulse !== null) clearTimeout(this.pulse);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.stopAsking();
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
