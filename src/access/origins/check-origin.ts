import type { FastifyReply, FastifyRequest } from 'fastify';
import { VigieError } from '../../core/errors.js';
import { EXPOSED_HEADERS } from '../../http/readable-errors.js';
import type { SiteSettings } from '../caller.js';

const READING = new Set(['GET', 'HEAD']);

type Asked = Pick<FastifyRequest, 'method' | 'headers'>;

/**
 * Whether `checkOrigin` lets a request in. With an origin it must be one of the site's. Without one it may read, as a server does.
 *
 * A browser sends none either where a page elsewhere has our address as a picture, a script or a frame, such as
 * `<img src="https://vigie.example.ma/v1/images/state?...">`; it says so in `Sec-Fetch-Site` (Fetch). That is refused, and
 * does not count for the site's limit: such a page can not read the answer, and would only have its visitors use up that limit.
 */
export function isFromSite({ origins }: Pick<SiteSettings, 'origins'>, { method, headers }: Asked): boolean {
  const { origin } = headers;
  if (origin !== undefined) return origin !== 'null' && origins.includes(origin);
  const from = headers['sec-fetch-site'];
  return READING.has(method) && from !== 'cross-site' && from !== 'same-site';
}

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
  if (!isFromSite(site, request)) {
    throw new VigieError(
      'FORBIDDEN',
      origin === undefined
        ? 'A request with a publishable key must come from a page of the site: it has no Origin header.'
        : "This origin is not one of the site's. Add it to the site's origins, or use a key of the site it belongs to.",
    );
  }
  if (origin === undefined) return;
  reply
    .header('Access-Control-Allow-Origin', origin)
    .header('Access-Control-Expose-Headers', EXPOSED_HEADERS);
}
