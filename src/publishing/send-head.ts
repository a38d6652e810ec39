import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Takes an answer that is written bit by bit away from the framework, and sends its head, with what was prepared. */
export function sendHead(reply: FastifyReply, headers: Readonly<Record<string, string>>): ServerResponse {
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  reply.hijack();
  raw.writeHead(200, { 'cache-control': 'no-store', ...headers });
  raw.flushHeaders();
  return raw;
}
