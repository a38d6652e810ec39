import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A strong ETag (RFC 9110, 8.8.3) that depends on the body alone: the same in every process, after every restart. */
export const etagOf = (body: string): string => `"${hash('sha1', body, 'base64url')}"`;

/** Whether If-None-Match names this ETag. The comparison is the weak one: proxies that compress weaken what they pass. */
export function isNoneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(',').some((entry) => {
    const tag = entry.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

/**
 * Answers with a JSON text and its ETag, or with 304 and no body when the caller has that body already. It may be kept,
 * and is asked for again before every use.
 */
export function sendWithEtag(request: FastifyRequest, reply: FastifyReply, body: string): void {
  sendJson(request, reply, body, etagOf(body));
}

/** The same with an ETag that is known already. */
export function sendJson(request: FastifyRequest, reply: FastifyReply, body: string, etag: string): void {
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (isNoneMatch(request.headers['if-none-match'], etag)) {
    reply.code(304).send();
    return;
  }
  reply.header('content-type', 'application/json; charset=utf-8').send(body);
}
