import type { ClientRequest, IncomingMessage } from 'node:http';
import { explainFailure } from './explain-failure.js';
import { answerTo, type Guard, openRequest } from './guarded-request.js';

/** More of an answer than this is not read, in bytes. */
const LONGEST_ANSWER = 16 * 1024;

export interface OutboundOptions extends Guard {
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
    const { headers, body, signal } = request;
    sent = openRequest(new URL(request.url), 'POST', headers, options, over.signal, signal);
    const { connectMilliseconds, timeoutMilliseconds } = options;
    const patience = { connectMilliseconds, answerMilliseconds: timeoutMilliseconds };
    const response = await answerTo(sent, body, patience);
    ending = setTimeout(() => response.destroy(), timeoutMilliseconds);
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
