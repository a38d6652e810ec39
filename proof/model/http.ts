import { Agent, request } from 'node:http';
import type { Answer } from './asked.js';

/** A request of one of the service's doors. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Those that nobody uses for so long, in ms, are closed here, long before the service would: a request on the way meets no end. */
const UNUSED = 10_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: UNUSED });

/** @throws Error when the connection ends before the whole answer was read */
export function ask(origin: string, { method, path, key, body, headers }: Sent): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const length = payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${path}`,
      {
        agent,
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(payload === undefined ? {} : { 'content-type': 'application/json', ...length }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(text) }));
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

function parsed(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { lines: text };
  }
}

export const closeConnections = (): void => agent.destroy();
