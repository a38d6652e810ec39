import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { explainFailure, OutboundFailure } from './explain-failure.js';
import { guardConnection } from './guarded-agent.js';
import type { Reachable } from './reachable.js';
import type { ResolveHost } from './resolve-host.js';

/** More of an answer than this is not read, in bytes. */
export const LONGEST_ANSWER = 16 * 1024;

export interface OutboundOptions {
  readonly reachable: Reachable;
  readonly resolve: ResolveHost;
  /** In milliseconds, from the beginning. */
  readonly connectMilliseconds: number;
  /** In milliseconds, from the beginning. */
  readonly timeoutMilliseconds: number;
}

export interface OutboundRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** What came of it: an answer, of whatever status, or a sentence that says why there was none. */
export type OutboundResult =
  | {
      readonly status: number;
      readonly retryAfter: string | null;
      /** Its first `LONGEST_ANSWER` bytes, at most. */
      readonly answer: Buffer;
    }
  | { readonly status: null; readonly failure: string };

/**
 * Posts to an address that somebody else chose. Follows no redirect; reaches no private address unless the operator
 * allows it. Once there is a status it counts, however the rest of the answer goes. Never throws.
 */
export async function postSafely(
  request: OutboundRequest,
  options: OutboundOptions,
): Promise<OutboundResult> {
  let sent: ClientRequest | undefined;
  let ending: NodeJS.Timeout | undefined;
  const over = new AbortController();
  try {
    sent = open(request, options, over.signal);
    const response = await responseTo(sent, request.body, options);
    ending = setTimeout(() => response.destroy(), options.timeoutMilliseconds);
    return {
      status: response.statusCode ?? 0,
      retryAfter: response.headers['retry-after'] ?? null,
      answer: await startOf(response),
    };
  } catch (error) {
    return { status: null, failure: explainFailure(error) };
  } finally {
    clearTimeout(ending);
    sent?.destroy();
    over.abort();
  }
}

function open(
  { url: address, headers, signal }: OutboundRequest,
  { reachable, resolve }: OutboundOptions,
  over: AbortSignal,
): ClientRequest {
  const url = new URL(address);
  const send = url.protocol === 'http:' ? requestPlain : requestSecure;
  const connection = guardConnection(url, reachable, (host) => resolve(host, over));
  return send(url, { method: 'POST', headers, ...connection, ...(signal ? { signal } : {}) });
}

function responseTo(
  sent: ClientRequest,
  body: string,
  { connectMilliseconds, timeoutMilliseconds }: OutboundOptions,
): Promise<IncomingMessage> {
  const connected = sent.protocol === 'http:' ? 'connect' : 'secureConnect';
  return new Promise<IncomingMessage>((resolve, reject) => {
    const late = (what: string, milliseconds: number): NodeJS.Timeout =>
      setTimeout(() => sent.destroy(new OutboundFailure(`${what} within ${milliseconds} ms.`)), milliseconds);
    const timers = [late('No connection', connectMilliseconds), late('No answer', timeoutMilliseconds)];
    const end = (): void => timers.forEach((timer) => clearTimeout(timer));
    sent.on('socket', (socket) => socket.once(connected, () => clearTimeout(timers[0])));
    sent.on('response', (response) => {
      end();
      resolve(response);
    });
    // Stays for errors after the response, of which nobody needs to hear.
    sent.on('error', reject);
    sent.on('close', () => {
      end();
      reject(new OutboundFailure('The connection was closed before there was an answer.'));
    });
    sent.end(body);
  });
}

/** What it says until it ends, breaks off, or has said enough. */
function startOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    response.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length >= LONGEST_ANSWER) response.destroy();
    });
    response.on('error', () => undefined);
    response.on('close', () => resolve(Buffer.concat(parts).subarray(0, LONGEST_ANSWER)));
  });
}
