import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Seeded } from '../setup/seeded.js';

/** A site's receiver of webhooks on a bad day: it often fails, and sometimes ends the connection instead of answering. */
export class MoodyReceiver {
  /** Ids of messages that were taken, each as often as it came. */
  readonly taken = new Map<string, number>();
  /** What came with a wrong signature, or with none. */
  readonly wrong: string[] = [];
  secret = '';
  private readonly server: Server;

  private constructor(private readonly seeded: Seeded) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => this.take(Buffer.concat(parts).toString(), request.headers, response));
    });
  }

  static async start(seeded: Seeded): Promise<MoodyReceiver> {
    const receiver = new MoodyReceiver(seeded);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(body: string, headers: NodeJS.Dict<string | string[]>, response: ServerResponse): void {
    const mood = this.seeded.below(20);
    if (mood === 0) return void response.destroy();
    if (mood < 3) return void response.writeHead(500).end('not today');
    try {
      new Webhook(this.secret).verify(body, headers as Record<string, string>);
      const id = String(headers['webhook-id']);
      this.taken.set(id, (this.taken.get(id) ?? 0) + 1);
    } catch (error) {
      this.wrong.push(`${String(error)}: ${body}`);
    }
    response.writeHead(204).end();
  }
}
