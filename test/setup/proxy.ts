import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

const USUAL_PORT: Readonly<Record<string, number>> = { 'redis:': 6379, 'http:': 80 };
const OF_POSTGRES = 5432;

/** A TCP proxy that does what networks do: cuts, delays, falls silent, closes one half; until it is healed. */
export class Proxy {
  private readonly pairs = new Map<Socket, Socket>();
  /** Connections of which nobody knows any more, by who opened them. */
  private readonly lost = new WeakSet<Socket>();
  /** The one side of such a connection where the other is gone: it hears nothing of that. */
  private readonly widowed = new Set<Socket>();
  private refuses = false;
  private delay = 0;
  /** Connections that came through, ever. */
  taken = 0;
  /** While it is there nothing passes. */
  private silence: { readonly over: Promise<void>; readonly end: () => void } | null = null;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param target the URL of a database, by TCP or by a socket's folder, of a Redis, or of an HTTP server */
  static async before(target: string): Promise<Proxy> {
    const url = new URL(target);
    const folder = url.searchParams.get('host');
    const port = url.port === '' ? (USUAL_PORT[url.protocol] ?? OF_POSTGRES) : Number(url.port);
    const made: { proxy?: Proxy } = {};
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      if (made.proxy?.refuses !== false) return void client.destroy();
      const upstream = connect({
        ...(folder === null ? { port, host: url.hostname } : { path: `${folder}/.s.PGSQL.${port}` }),
        allowHalfOpen: true,
        noDelay: true,
      });
      made.proxy.join(client, upstream);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    made.proxy = new Proxy(server, url.href);
    return made.proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Connections that are there now. */
  get open(): number {
    return this.pairs.size;
  }

  /** Breaks all connections off, as a router does that lost its memory; new ones come through. */
  reset(): void {
    for (const [client, upstream] of this.pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  }

  /** Ends all connections, and lets none through. */
  cut(): void {
    this.refuses = true;
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** From now on each piece of data, in both directions, waits so long, in ms. */
  slow(milliseconds: number): void {
    this.delay = milliseconds;
  }

  /** From now on nothing passes and nobody is told: connections are taken, and stay. */
  silent(): void {
    if (this.silence !== null) return;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.silence = { over, end };
  }

  /**
   * Nothing passes on the connections that are there, ever, and nobody is told, as when a host dies; new ones come through. Who gives
   * one up tells the other side nothing of that, either: what waits there goes on waiting.
   */
  lose(): void {
    for (const client of this.pairs.keys()) this.lost.add(client);
  }

  /** Tells one side of each connection that the other has no more to say, and goes on taking what the first one says. */
  halfClose(side: 'client' | 'server'): void {
    for (const [client, upstream] of this.pairs) (side === 'client' ? client : upstream).end();
  }

  heal(): void {
    this.refuses = false;
    this.delay = 0;
    this.silence?.end();
    this.silence = null;
  }

  async close(): Promise<void> {
    this.cut();
    for (const socket of this.widowed) socket.destroy();
    this.silence?.end();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, upstream: Socket): void {
    this.pairs.set(client, upstream);
    this.taken += 1;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.pipe(new Passage(() => this.passes(client))).pipe(other);
      socket.on('error', () => this.tell(client, other));
      socket.on('end', () => {
        // Passed on by the pipe otherwise.
        if (this.lost.has(client)) socket.destroy();
      });
      socket.on('close', () => {
        this.pairs.delete(client);
        // What ended in good order is passed on in good order, by the pipe.
        if (!socket.readableEnded || this.lost.has(client)) this.tell(client, other);
      });
    }
  }

  /** One side of a connection is gone: the other hears of it, unless nobody knows that they belong together. */
  private tell(client: Socket, other: Socket): void {
    if (!this.lost.has(client)) return void other.destroy();
    this.widowed.add(other);
    other.once('close', () => this.widowed.delete(other));
  }

  private async passes(client: Socket): Promise<void> {
    if (this.delay > 0) {
      const { delay } = this;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
    await this.silence?.over;
    if (this.lost.has(client)) await new Promise<never>(() => undefined);
  }
}

/** Passes pieces on in their order, each when it may. */
class Passage extends Transform {
  constructor(private readonly mayPass: () => Promise<void>) {
    super();
    // Somebody who was told that there is no more: what still comes for them is dropped with the connection.
    this.on('error', () => undefined);
  }

  override _transform(piece: Buffer, _: BufferEncoding, pass: TransformCallback): void {
    void this.mayPass().then(() => pass(null, piece));
  }

  /** The end passes when a piece would. */
  override _flush(pass: TransformCallback): void {
    void this.mayPass().then(() => pass());
  }
}
