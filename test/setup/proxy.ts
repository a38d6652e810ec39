import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy in front of Postgres that can be cut off, and healed: what the network between them does. */
export class Proxy {
  private readonly pairs = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param target the URL of a database, by TCP or by a socket's folder */
  static async before(target: string): Promise<Proxy> {
    const url = new URL(target);
    const folder = url.searchParams.get('host');
    const port = Number(url.port === '' ? 5432 : url.port);
    const made: { proxy?: Proxy } = {};
    const server = createServer((client) => {
      if (made.proxy?.isCut !== false) return void client.destroy();
      const upstream = folder === null ? connect(port, url.hostname) : connect(`${folder}/.s.PGSQL.${port}`);
      made.proxy.join(client, upstream);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url.searchParams.delete('host');
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    made.proxy = new Proxy(server, url.href);
    return made.proxy;
  }

  /** Ends all connections, and lets none through. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.pairs) socket.destroy();
  }

  heal(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, upstream: Socket): void {
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.pairs.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.pairs.delete(socket);
        other.destroy();
      });
    }
  }
}
