import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/**
 * Takes an answer that is written bit by bit away from the framework, and sends its head, with what was prepared.
 *
 * @returns where the rest goes; null when there is none: the caller asked for the head alone, or has hung up
 */
export function sendHead(
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
): ServerResponse | null {
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  reply.hijack();
  raw.writeHead(200, { 'cache-control': 'no-store', ...headers });
  raw.flushHeaders();
  // Who writes finds out by waiting for the reader.
  raw.on('error', () => undefined);
  if (reply.request.method === 'HEAD') raw.end();
  return raw.destroyed || raw.writableEnded ? null : raw;
}
