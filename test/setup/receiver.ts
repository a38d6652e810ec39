import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { RECEIVER_CERTIFICATE, RECEIVER_KEY } from './receiver-certificate.js';
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

  private constructor(
    private readonly server: Server,
    private readonly protocol: 'http' | 'https',
  ) {}

  static open(): Promise<Receiver> {
    return Receiver.on(createServer(), 'http');
  }

  /** With TLS, under the certificate of receiver-certificate.ts. */
  static openSecure(): Promise<Receiver> {
    return Receiver.on(createSecureServer({ cert: RECEIVER_CERTIFICATE, key: RECEIVER_KEY }), 'https');
  }

  private static async on(server: Server, protocol: 'http' | 'https'): Promise<Receiver> {
    const receiver = new Receiver(server, protocol);
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
    return `${this.protocol}://127.0.0.1:${this.port}${path}`;
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
