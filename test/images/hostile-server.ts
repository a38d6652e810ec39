import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the hostile server is: the only address that the tests allow. */
export const HOSTILE = '127.0.0.9';

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/**
 * A web server that means harm, and one inside, on the same port of 127.0.0.1 and ::1, to which nobody must connect. What
 * a path does is told by the test.
 */
export class HostileServer {
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[] = [];
  /** Connections to the inside: none, ever. */
  reached = 0;
  private readonly replies = new Map<string, Reply>();
  private readonly timers = new Set<NodeJS.Timeout>();

  private constructor(
    private readonly server: Server,
    private readonly inside: readonly Server[],
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url ?? '';
      this.asked.push({ path, headers: request.headers });
      const reply = this.replies.get(path.split('?')[0] ?? '');
      if (reply === undefined) response.writeHead(404).end('nothing here');
      else reply(response, request);
    });
    for (const one of inside) one.on('connection', () => (this.reached += 1));
  }

  static async open(): Promise<HostileServer> {
    const server = createServer({ keepAliveTimeout: 1 });
    await listen(server, 0, HOSTILE);
    const { port } = server.address() as AddressInfo;
    const inside: Server[] = [];
    for (const host of ['127.0.0.1', '::1']) {
      const one = createServer((_, response) => void response.end('secret'));
      if (await listen(one, port, host)) inside.push(one);
    }
    return new HostileServer(server, inside);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path: string, host = HOSTILE): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** From now on. */
  on(path: string, reply: Reply | number, headers: Record<string, string> = {}): void {
    this.replies.set(
      path,
      typeof reply === 'number' ? (response) => void response.writeHead(reply, headers).end() : reply,
    );
  }

  /** How often a path was asked for. */
  count(path: string): number {
    return this.asked.filter((one) => one.path.split('?')[0] === path).length;
  }

  /** Does something again and again until a response is over. */
  every(milliseconds: number, response: ServerResponse, work: () => void): void {
    const timer = setInterval(work, milliseconds);
    this.timers.add(timer);
    response.on('close', () => {
      clearInterval(timer);
      this.timers.delete(timer);
    });
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    for (const server of [this.server, ...this.inside]) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  }
}

/** False where the machine has no such address. */
function listen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => resolve(true));
  });
}
