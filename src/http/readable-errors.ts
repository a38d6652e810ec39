import type { FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A publishable key may call this route, so browsers on other origins do. */
    browsers?: boolean;
  }
  interface FastifyRequest {
    /** Whose key came with the request is known: from here on its site says which pages may read the answer. */
    hasKnownKey?: boolean;
  }
}

/** Answer headers that a page's script may read. */
export const EXPOSED_HEADERS = 'ETag, RateLimit, RateLimit-Policy, Retry-After, Vigie-As-Of, X-Request-Id';

/**
 * Lets pages of every origin read an error that came before anybody knew whose key it is (no key, an unknown one, a body
 * that can't be read, a process that stops), on routes that browsers call. It says nothing of any site; without this a
 * page's script would see a failed connection instead. Never with credentials.
 */
export function letPagesRead(reply: FastifyReply): void {
  const { routeOptions, hasKnownKey } = reply.request;
  if (routeOptions.config.browsers !== true || hasKnownKey === true) return;
  reply
    .header('vary', 'Origin')
    .header('access-control-allow-origin', '*')
    .header('access-control-expose-headers', EXPOSED_HEADERS);
}
