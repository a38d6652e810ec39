import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { readUrl } from '../core/read-url.js';
import { explainFailure, OutboundFailure } from './explain-failure.js';
import { answerTo, type Guard, openRequest, type Patience } from './guarded-request.js';

/** Redirects that are followed: a CDN's host, its https, its newest path; more is a loop or a game. */
const MOST_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];

/** The first seconds of a body are not measured: connections begin slowly. */
const SLOW_START_SECONDS = 3;
const LOOK_EVERY_MILLISECONDS = 500;

/** Below this number ports belong to other services, of which some would take a request for words of their own. */
const FIRST_FREE_PORT = 1_024;

export interface GetOptions extends Guard, Patience {
  /** For all of it, redirects too, in milliseconds. */
  readonly timeoutMilliseconds: number;
  /** Of a body, on average after its first seconds. */
  readonly leastBytesPerSecond: number;
  /** Of a body. */
  readonly maxBytes: number;
}

export interface GetRequest {
  readonly url: string;
  /** Sent to every host on the way: nothing that one of them must not see. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** What came of it: an answer, whose body is read only with status 200; a body that is too large; or why there is none. */
export type GetResult =
  | { readonly status: number; readonly headers: Readonly<IncomingHttpHeaders>; readonly body: Buffer }
  | { readonly status: 'too-large' }
  | { readonly status: null; readonly failure: string };

/**
 * Gets what is at an address that somebody else chose. Each redirect is judged like the first address, by where the
 * connection is made; none leads to a private address unless the operator allows it, or to another protocol. No cookie
 * and no referrer is sent, a user and a password in an address are left out. Whoever never ends, sends drop by drop, or
 * packs a small answer into a large one, is cut off. Never throws.
 */
export async function getSafely(
  { url, headers, signal }: GetRequest,
  options: GetOptions,
): Promise<GetResult> {
  const over = new AbortController();
  const { timeoutMilliseconds } = options;
  const late = setTimeout(
    () => over.abort(new OutboundFailure(`It was not over within ${timeoutMilliseconds} ms.`)),
    timeoutMilliseconds,
  );
  const stop = (): void => over.abort(new OutboundFailure('The process was stopping.'));
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    let at = new URL(url);
    for (let redirects = 0; ; redirects += 1) {
      const result = await getOnce(at, headers, options, over.signal);
      if (!('location' in result)) return result;
      if (redirects === MOST_REDIRECTS)
        throw new OutboundFailure(`It redirects more than ${redirects} times.`);
      at = nextOf(result.location, at);
    }
  } catch (error) {
    const ended: unknown = over.signal.reason;
    return { status: null, failure: explainFailure(ended ?? error) };
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', stop);
    over.abort();
  }
}

/** One hop. Its connection is gone when this returns. */
async function getOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  options: GetOptions,
  over: AbortSignal,
): Promise<GetResult | { readonly location: string }> {
  checkPort(url);
  url.username = '';
  url.password = '';
  let sent: ClientRequest | undefined;
  try {
    sent = openRequest(url, 'GET', { ...headers, 'accept-encoding': 'identity' }, options, over, over);
    const response = await answerTo(sent, '', options);
    const { statusCode: status = 0 } = response;
    const { location } = response.headers;
    if (REDIRECTS.includes(status) && location !== undefined) return { location: asSent(location) };
    if (status !== 200) return { status, headers: response.headers, body: Buffer.alloc(0) };
    checkEncoding(response.headers);
    const body = await bodyOf(response, options);
    return body === null ? { status: 'too-large' } : { status, headers: response.headers, body };
  } finally {
    sent?.destroy();
  }
}

/** Node reads a header's bytes as Latin-1; servers that do not encode the names of their files send UTF-8. */
function asSent(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
}

/** @throws OutboundFailure for what is no web address */
function nextOf(location: string, from: URL): URL {
  const next = readUrl(location, from.href);
  if (next?.protocol === 'https:' || next?.protocol === 'http:') return next;
  throw new OutboundFailure('It redirects to something that is no web address.');
}

function checkPort({ port, protocol }: URL): void {
  if (protocol !== 'https:' && protocol !== 'http:') throw new OutboundFailure('It is no web address.');
  if (port === '' || port === '80' || port === '443' || Number(port) >= FIRST_FREE_PORT) return;
  throw new OutboundFailure(`Port ${port} is not one of web servers, and is not connected to.`);
}

/** Nobody was asked for it: packed bytes would have to be unpacked, without end, before they could be counted. */
function checkEncoding({ 'content-encoding': encoding = 'identity' }: IncomingHttpHeaders): void {
  if (encoding.trim().toLowerCase() === 'identity') return;
  throw new OutboundFailure('The answer is compressed, which it must not be.');
}

/** All of it; null when it is too large, whatever its Content-Length says. @throws OutboundFailure */
async function bodyOf(
  response: IncomingMessage,
  { maxBytes, leastBytesPerSecond }: GetOptions,
): Promise<Buffer | null> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) return null;
  const parts: Buffer[] = [];
  let length = 0;
  const began = performance.now();
  const look = setInterval(() => {
    const seconds = (performance.now() - began) / 1_000;
    if (seconds < SLOW_START_SECONDS || length >= leastBytesPerSecond * seconds) return;
    response.destroy(new OutboundFailure(`It sends less than ${leastBytesPerSecond} bytes a second.`));
  }, LOOK_EVERY_MILLISECONDS);
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > maxBytes) return null;
      parts.push(part);
    }
    return Buffer.concat(parts, length);
  } catch (error) {
    // "aborted": it ended before all was there that it had announced.
    throw error instanceof OutboundFailure ? error : new OutboundFailure('The answer broke off.');
  } finally {
    clearInterval(look);
  }
}
