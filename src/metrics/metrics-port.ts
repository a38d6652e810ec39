import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { type MetricsText, METRICS_TYPE } from './metrics-text.js';
import { bringsToken } from './metrics-token.js';

export interface MetricsPortOptions {
  readonly host: string;
  /** Null: there is none. */
  readonly port: number | null;
  /** Null: whoever reaches the port may read. */
  readonly token: string | null;
}

/** METRICS_PORT can not be listened on. */
export class MetricsPortError extends Error {
  override readonly name = 'MetricsPortError';
}

/** GET /metrics on a port of its own, which the world need not reach. It answers while the service's own port is busy, too. */
export class MetricsPort implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: Server | null = null;

  constructor(
    private readonly text: Pick<MetricsText, 'write'>,
    private readonly options: MetricsPortOptions,
  ) {}

  /** @throws MetricsPortError with a sentence that says what to do */
  async onApplicationBootstrap(): Promise<void> {
    const { host, port } = this.options;
    if (port === null) return;
    const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
      void this.answer(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', ({ message }) => {
        const what = `Metrics can not be told on port ${port} (${message}): set METRICS_PORT to one that is free.`;
        reject(new MetricsPortError(what));
      });
      server.listen(port, host, resolve);
    });
    this.server = server;
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  private async answer({ method, url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { token } = this.options;
    const say = (status: number, text: string, more: Record<string, string> = {}): void => {
      const type = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
      response.writeHead(status, { ...type, ...more }).end(method === 'HEAD' ? undefined : text);
    };
    if (url?.split('?', 1)[0] !== '/metrics') return say(404, 'Only /metrics is here.\n');
    if (method !== 'GET' && method !== 'HEAD') return say(405, 'Only GET.\n', { allow: 'GET, HEAD' });
    if (token !== null && !bringsToken(headers.authorization, token)) {
      return say(401, 'Send METRICS_TOKEN.\n', { 'www-authenticate': 'Bearer' });
    }
    try {
      say(200, await this.text.write(), { 'content-type': METRICS_TYPE });
    } catch {
      say(500, 'The metrics can not be told.\n');
    }
  }
}
