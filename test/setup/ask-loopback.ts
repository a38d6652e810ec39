import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

/** An answer that was read to its end. */
export interface LoopbackAnswer {
  readonly status: number;
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly text: string;
}

/**
 * Asks a server of this machine, by the connections of an agent, with a body that becomes JSON. Rejects when the connection ends
 * before the whole answer was read, or when the signal says that nobody waits any longer.
 */
export function askLoopback(
  { port, agent, signal }: { readonly port: number; readonly agent: Agent; readonly signal?: AbortSignal },
  question: {
    readonly method: string;
    readonly address: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  },
): Promise<LoopbackAnswer> {
  const { method, address, headers, body } = question;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const ofPayload =
    payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method,
        path: address,
        headers: { ...headers, ...ofPayload },
        ...(signal === undefined ? {} : { signal }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** The object that an answer, or a line, holds; of none an empty one. */
export const jsonOf = (text: string): Record<string, unknown> =>
  text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
