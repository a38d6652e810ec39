import { joined } from './express.js';
import type { KnowsBlocked } from './filter-html.js';
import { entityTag, filterBody, isFilterable, isOurs, type MiddlewareOptions } from './html-answer.js';

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
  const asked = new WeakMap<object, string>();
  const plugin = (instance: PluginInstance): Promise<void> => {
    instance.addHook('onRequest', (request) => {
      const { headers } = request.raw;
      const tags = headers['if-none-match'];
      if (isOurs(tags)) {
        asked.set(request, tags);
        delete headers['if-none-match'];
        delete headers['if-modified-since'];
      }
      return Promise.resolve();
    });
    instance.addHook('onSend', async (request, reply, payload) => {
      const { method, url: path, protocol } = request;
      const contentType = reply.getHeader('content-type');
      const html = isFilterable(contentType, reply.getHeader('content-encoding'));
      if (!html || method === 'HEAD' || [204, 206, 304].includes(reply.statusCode)) return payload;
      const body = await bytesOf(payload);
      if (body === null) return payload;
      const host = request.host ?? textOf(request.raw.headers['host']);
      const filtered = filterBody(body, client, { host, protocol, path, contentType }, options);
      reply.removeHeader('content-length');
      // It is whole now: with a length as well, it would be no answer that a browser reads.
      reply.removeHeader('transfer-encoding');
      reply.removeHeader('last-modified');
      if (reply.getHeader('etag') !== undefined) reply.header('etag', entityTag(filtered));
      const tags = asked.get(request)?.split(/,\s*/) ?? [];
      if (reply.statusCode === 200 && tags.includes(String(reply.getHeader('etag')))) {
        reply.code(304);
        return null;
      }
      return Buffer.from(filtered.buffer, filtered.byteOffset, filtered.byteLength);
    });
    return Promise.resolve();
  };
  // So that it holds for the whole server and not only for its own routes.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'vigie',
  });
}

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
