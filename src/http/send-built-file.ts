import type { FastifyReply, FastifyRequest } from 'fastify';
import { isNoneMatch } from './etag.js';
import type { BuiltFile, Encoding } from './built-file.js';

/**
 * Any site's page may load the file, also with `integrity`, which needs CORS, and under `Cross-Origin-Embedder-Policy`.
 * It is the same for everybody, so no origin is named.
 */
export const FOR_ALL_PAGES = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/**
 * Answers with a built file in the smallest encoding that the client takes, or with 304. Its ETag names the encoding,
 * because it is a strong one (RFC 9110, section 8.8.3.3).
 */
export async function sendBuiltFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: BuiltFile,
  headers: { readonly type: string; readonly cacheControl: string } & Readonly<Record<string, string>>,
): Promise<void> {
  const { type, cacheControl, ...more } = headers;
  const encoding = encodingFor(request.headers['accept-encoding']);
  const etag = encoding === 'identity' ? `"${file.version}"` : `"${file.version}-${encoding}"`;
  reply.headers({
    ...more,
    'cache-control': cacheControl,
    etag,
    vary: 'Accept-Encoding',
  });
  if (isNoneMatch(request.headers['if-none-match'], etag)) {
    await reply.code(304).send();
    return;
  }
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  await reply.header('content-type', type).send(await file.encoded(encoding));
}

/** The first of br and gzip that is not refused with q=0 (RFC 9110, section 12.5.3). */
function encodingFor(accepted = ''): Encoding {
  const taken = (encoding: string): boolean =>
    accepted.split(',').some((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      return (
        name.trim() === encoding && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter))
      );
    });
  if (taken('br')) return 'br';
  return taken('gzip') ? 'gzip' : 'identity';
}
