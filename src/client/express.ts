import type { KnowsBlocked } from './filter-html.js';
import {
  entityTag,
  filterBody,
  isFilterable,
  mayHoldPage,
  type MiddlewareOptions,
  OF_BODIES,
  OF_PAGES,
} from './html-answer.js';
import { RequestConditions } from './request-conditions.js';

/** As much of a request of Express, Connect or `node:http` as is needed. */
export interface MiddlewareRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly originalUrl?: string;
  readonly protocol?: string;
  readonly headers: Record<string, string | string[] | undefined>;
}

/** As much of a response. */
export interface MiddlewareResponse {
  statusCode: number;
  readonly headersSent: boolean;
  getHeader(name: string): number | string | string[] | undefined;
  setHeader(name: string, value: string | number): unknown;
  removeHeader(name: string): void;
  writeHead(status: number, ...rest: never[]): unknown;
  write(chunk: never, ...rest: never[]): boolean;
  end(...rest: never[]): unknown;
}

type Middleware = (request: MiddlewareRequest, response: MiddlewareResponse, next: () => void) => void;

/**
 * Middleware for Express (and anything that calls middleware as it does): HTML answers are held back until they are whole
 * and sent with blocked images replaced, with a length and an ETag of their own. Other answers pass as they are, and so
 * do compressed ones: use it after `compression()`, before the routes.
 */
export function vigieExpress(client: KnowsBlocked, options: MiddlewareOptions = {}): Middleware {
  return (request, response, next) => {
    new HeldAnswer(client, options, request, response);
    next();
  };
}

/** A page, held back; what whoever asks has already, of which nothing is sent; and all else, which passes. */
type Kind = 'page' | 'known' | 'other';

/** Stands between the routes and the response. */
class HeldAnswer {
  private readonly chunks: Uint8Array[] = [];
  private readonly conditions: RequestConditions;
  private kind: Kind | undefined;
  private readonly writeHead: (status: number, ...rest: unknown[]) => unknown;
  private readonly write: (...rest: unknown[]) => boolean;
  private readonly end: (...rest: unknown[]) => unknown;

  constructor(
    private readonly client: KnowsBlocked,
    private readonly options: MiddlewareOptions,
    private readonly request: MiddlewareRequest,
    private readonly response: MiddlewareResponse,
  ) {
    this.conditions = new RequestConditions(request.method, request.headers);
    this.writeHead = response.writeHead.bind(response) as typeof this.writeHead;
    this.write = response.write.bind(response) as typeof this.write;
    this.end = response.end.bind(response) as typeof this.end;
    Object.assign(response, {
      writeHead: (status: number, ...rest: unknown[]) => this.onHead(status, rest),
      write: (...rest: unknown[]) => this.onWrite(rest),
      end: (...rest: unknown[]) => this.onEnd(rest),
    });
  }

  /** Headers given here are set one by one, so that they can still be changed. */
  private onHead(status: number, rest: unknown[]): unknown {
    if (this.kind === 'other') return this.writeHead(status, ...rest);
    // Held back already: whoever wants the head to be sent at once (`flushHeaders`) waits with it.
    if (this.kind !== undefined) return this.response;
    this.response.statusCode = status;
    for (const [name, value] of headersOf(rest.at(-1))) this.response.setHeader(name, value as string);
    if (this.decide() !== 'other') return this.response;
    return this.writeHead(status, ...rest.filter((part) => typeof part === 'string'));
  }

  private onWrite(rest: unknown[]): boolean {
    const kind = this.decide();
    if (kind === 'other') return this.write(...rest);
    if (kind === 'page') this.take(rest);
    const written = callbackOf(rest);
    // Never before this returns: whoever writes the next part then would go deeper with each.
    if (written !== undefined) queueMicrotask(written);
    return true;
  }

  private onEnd(rest: unknown[]): unknown {
    const kind = this.decide();
    this.kind = 'other';
    if (kind === 'other') return this.end(...rest);
    if (kind === 'page') {
      this.take(rest);
      const page = this.filtered();
      if (this.response.statusCode !== 200 || !this.conditions.name(this.response.getHeader('etag'))) {
        this.response.setHeader('content-length', page.length);
        return this.end(page, ...callbacks(rest));
      }
    }
    this.response.statusCode = 304;
    for (const name of ['content-type', ...OF_BODIES]) this.response.removeHeader(name);
    return this.end(...callbacks(rest));
  }

  private filtered(): Uint8Array {
    const { response, request } = this;
    const page = {
      host: textOf(request.headers['host']),
      protocol: request.protocol ?? 'http',
      path: request.originalUrl ?? request.url ?? '/',
      contentType: response.getHeader('content-type'),
    };
    const filtered = filterBody(joined(this.chunks), this.client, page, this.options);
    response.removeHeader('last-modified');
    for (const name of OF_BODIES) response.removeHeader(name);
    if (response.getHeader('etag') !== undefined) response.setHeader('etag', entityTag(filtered));
    return filtered;
  }

  /** Decided once, by the headers at the first sign of a body. */
  private decide(): Kind {
    if (this.kind === undefined) {
      this.kind = this.kindOf();
      this.conditions.giveBack();
    }
    return this.kind;
  }

  private kindOf(): Kind {
    const { response, request, conditions } = this;
    if (response.headersSent) return 'other';
    const { statusCode } = response;
    if (isFilterable(response.getHeader('content-type'), response.getHeader('content-encoding'))) {
      if (request.method !== 'HEAD') return mayHoldPage(statusCode) ? 'page' : 'other';
      // Of the page that GET would be answered with there is no body here to know them from.
      for (const name of OF_PAGES) response.removeHeader(name);
      return 'other';
    }
    const [tag, date] = [response.getHeader('etag'), response.getHeader('last-modified')];
    return conditions.areMetBy(statusCode, tag, date) ? 'known' : 'other';
  }

  private take([chunk, encoding]: unknown[]): void {
    if (chunk instanceof Uint8Array) this.chunks.push(chunk);
    else if (typeof chunk === 'string') {
      const wide = typeof encoding !== 'string' || /^utf-?8$/i.test(encoding);
      // Other encodings are Node's own; only Node calls with them.
      this.chunks.push(
        wide ? new TextEncoder().encode(chunk) : Buffer.from(chunk, encoding as BufferEncoding),
      );
    }
  }
}

/** Of what `writeHead` takes: an object, a list of pairs, or names and values in turn, as proxies hand them on; cookies several times. */
function headersOf(given: unknown): Iterable<[name: string, value: unknown]> {
  if (typeof given !== 'object' || given === null) return [];
  if (!Array.isArray(given)) return Object.entries(given);
  const list: unknown[] = Array.isArray(given[0]) ? given.flat() : given;
  const headers = new Map<string, unknown>();
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = String(list[at]).toLowerCase();
    headers.set(name, headers.has(name) ? [headers.get(name), list[at + 1]].flat() : list[at + 1]);
  }
  return headers;
}

const callbackOf = (rest: unknown[]): (() => void) | undefined =>
  rest.find((part): part is () => void => typeof part === 'function');
const callbacks = (rest: unknown[]): unknown[] => rest.filter((part) => typeof part === 'function');
const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
