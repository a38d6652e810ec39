import type { FastifyReply, FastifyRequest } from 'fastify';
import { VigieError } from '../core/errors.js';
import { EXPOSED_HEADERS } from '../http/readable-errors.js';
import type { SiteSettings } from './caller.js';

const READING = new Set(['GET', 'HEAD']);

/**
 * What a request with a publishable key must say of its origin: one that the site lists, to the letter; reading may
 * also come without (a server, or a page of Vigie's own). `null` is what sandboxed pages of anybody send. This stops
 * other web sites, not scripts: it is no authentication.
 *
 * @throws VigieError FORBIDDEN
 */
export function checkOrigin(site: SiteSettings, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined && READING.has(request.method)) return;
  if (origin === undefined) {
    throw new VigieError(
      'FORBIDDEN',
      'A request with a publishable key must come from a page of the site: it has no Origin header.',
    );
  }
  if (origin === 'null' || !site.origins.includes(origin)) {
    throw new VigieError(
      'FORBIDDEN',
      "This origin is not one of the site's. Add it to the site's origins, or use a key of the site it belongs to.",
    );
  }
  reply
    .header('Access-Control-Allow-Origin', origin)
    .header('Access-Control-Expose-Headers', EXPOSED_HEADERS);
}
