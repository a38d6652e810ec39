import type { FastifyInstance } from 'fastify';
import { addRouteConfig } from '../../http/add-route-config.js';
import '../../http/readable-errors.js';

/** Marks a route that browsers on a site's pages call. */
export const markForBrowsers = addRouteConfig({ browsers: true });

/** What a page may send beyond the headers that need no question. */
const REQUEST_HEADERS = 'Authorization, Content-Type, If-None-Match, Vigie-At-Least, X-Request-Id';

/** Chromium keeps an answer no longer than this, in seconds. */
const MAX_AGE = '7200';

/**
 * Answers the browser's question before a cross-origin request (CORS), for marked routes only. It carries no key, so
 * the site is unknown and every origin gets the same answer; whether the request itself is taken, `checkOrigin` says.
 * Must be called before the routes are registered.
 */
export function answerPreflight(fastify: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  fastify.addHook('onRoute', (route) => {
    if (route.config?.browsers !== true) return;
    const known = methodsOf.get(route.url);
    const methods = known ?? new Set<string>();
    for (const method of [route.method].flat()) methods.add(method);
    if (known !== undefined) return;
    methodsOf.set(route.url, methods);
    fastify.options(route.url, (_request, reply) => {
      void reply
        .code(204)
        .header('Access-Control-Allow-Origin', '*')
        .header('Access-Control-Allow-Methods', [...methods].join(', '))
        .header('Access-Control-Allow-Headers', REQUEST_HEADERS)
        .header('Access-Control-Max-Age', MAX_AGE)
        .send();
    });
  });
}
