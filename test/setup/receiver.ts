import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { until } from './until.js';

/** A request that a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Record<string, unknown>;
  };
}

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** A web server of a site: keeps what it is sent, and answers as it is told to. */
export class Receiver {
  readonly received: Received[] = [];
  private reply: Reply = (response) => void response.writeHead(204).end();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        receiver.received.push({
          path: request.url ?? '',
          headers: request.headers as Record<string, string>,
          text,
          body: JSON.parse(text) as Received['body'],
        });
        receiver.reply(response, request);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** From now on. */
  answers(reply: number | Reply, headers: Record<string, string> = {}): void {
    this.reply =
      typeof reply === 'number' ? (response) => void response.writeHead(reply, headers).end() : reply;
  }

  /** What came to a path, once there is so much of it. */
  async got(count: number, path = '/hook'): Promise<Received[]> {
    const found = (): Received[] => this.received.filter((one) => one.path === path);
    await until(
      () => found().length >= count,
      () => `${count} messages at ${path}; there are ${found().length}`,
    );
    return found();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

/** What a receiver that checks signatures reads; throws when the signature is not by this secret. */
export const verified = ({ text, headers }: Received, secret: string): unknown =>
  new Webhook(secret).verify(text, headers);
