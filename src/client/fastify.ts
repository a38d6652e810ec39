import { joined } from './express.js';
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

/** As much of Fastify's request, reply and instance as is needed. */
export interface PluginRequest {
  readonly method: string;
  readonly url: string;
  readonly host?: string;
  readonly protocol: string;
  readonly raw: { readonly headers: Record<string, string | string[] | undefined> };
}
export interface PluginReply {
  statusCode: number;
  code(status: number): unknown;
  getHeader(name: string): unknown;
  header(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
}
export interface PluginInstance {
  addHook(name: 'onRequest', hook: (request: PluginRequest) => Promise<void>): unknown;
  addHook(
    name: 'onSend',
    hook: (request: PluginRequest, reply: PluginReply, payload: unknown) => Promise<unknown>,
  ): unknown;
}

/**
 * Plugin for Fastify: HTML answers (texts, buffers and streams) go out with blocked images replaced, and an ETag of their
 * own. Register it before `@fastify/compress`: what is compressed passes as it is.
 */
export function vigieFastify(
  client: KnowsBlocked,
  options: MiddlewareOptions = {},
): (instance: PluginInstance) => Promise<void> {
  const asked = new WeakMap<object, RequestConditions>();
  const plugin = (instance: PluginInstance): Promise<void> => {
    instance.addHook('onRequest', (request) => {
      asked.set(request, new RequestConditions(request.method, request.raw.headers));
      return Promise.resolve();
    });
    instance.addHook('onSend', async (request, reply, sent) => {
      const payload = bodyOf(sent, reply);
      const { method, url: path, protocol } = request;
      const conditions = asked.get(request);
      conditions?.giveBack();
      const { statusCode } = reply;
      const contentType = reply.getHeader('content-type');
      if (!isFilterable(contentType, reply.getHeader('content-encoding'))) {
        const [tag, date] = [reply.getHeader('etag'), reply.getHeader('last-modified')];
        const isKnown = conditions?.areMetBy(statusCode, tag, date) === true;
        return isKnown ? notModified(reply, method, payload) : payload;
      }
      if (method === 'HEAD' && !isText(payload)) {
        // Of the page that GET would be answered with there is no body here to know them from.
        for (const name of OF_PAGES) reply.removeHeader(name);
        return payload;
      }
      if (!mayHoldPage(statusCode)) return payload;
      const body = await bytesOf(payload);
      if (body === null) return payload;
      const host = request.host ?? textOf(request.raw.headers['host']);
      const filtered = filterBody(body, client, { host, protocol, path, contentType }, options);
      for (const name of ['last-modified', ...OF_BODIES]) reply.removeHeader(name);
      if (reply.getHeader('etag') !== undefined) reply.header('etag', entityTag(filtered));
      const page = Buffer.from(filtered.buffer, filtered.byteOffset, filtered.byteLength);
      const isKnown = statusCode === 200 && conditions?.name(reply.getHeader('etag')) === true;
      return isKnown ? notModified(reply, method, page) : page;
    });
    return Promise.resolve();
  };
  // So that it holds for the whole server and not only for its own routes.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'vigie',
  });
}

/** The body of what `fetch` would give, with its status and headers set; Fastify would take them only after all hooks. */
function bodyOf(payload: unknown, reply: PluginReply): unknown {
  if (!isAnswer(payload) || payload.bodyUsed) return payload;
  reply.code(payload.status);
  for (const [name, value] of payload.headers) reply.header(name, value);
  return payload.body;
}

/** Also of another library than Node's own. */
const isAnswer = (payload: unknown): payload is Response =>
  Object.prototype.toString.call(payload) === '[object Response]';

/** A body that is there: Fastify makes the answer to HEAD from that to GET, and lets go of it last of all. */
const isText = (payload: unknown): boolean =>
  (typeof payload === 'string' || payload instanceof Uint8Array) && payload.length > 0;

/** What is sent, instead of `payload`, to whoever has it. */
function notModified(reply: PluginReply, method: string, payload: unknown): unknown {
  reply.code(304);
  for (const name of ['content-type', ...OF_BODIES]) reply.removeHeader(name);
  // Fastify itself lets go of it.
  if (method === 'HEAD') return payload;
  if (payload instanceof ReadableStream) void payload.cancel().catch(() => undefined);
  else if (isDestroyable(payload)) payload.destroy();
  return null;
}

const isDestroyable = (payload: unknown): payload is { destroy(): unknown } =>
  typeof payload === 'object' &&
  payload !== null &&
  'destroy' in payload &&
  typeof payload.destroy === 'function';

/** Null when it is nothing that can be read as a whole. */
async function bytesOf(payload: unknown): Promise<Uint8Array | null> {
  if (typeof payload === 'string') return new TextEncoder().encode(payload);
  if (payload instanceof Uint8Array) return payload;
  if (typeof payload !== 'object' || payload === null || !(Symbol.asyncIterator in payload)) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of payload as AsyncIterable<string | Uint8Array>) {
    chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  }
  return joined(chunks);
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;
