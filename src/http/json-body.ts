import { isUtf8 } from 'node:buffer';
import { errorCodes, type FastifyInstance } from 'fastify';

/**
 * What stands for a body that is announced as JSON and empty, as many callers announce whatever they send: where nothing
 * in a body is required, it is one that was not sent (validation.pipe.ts).
 */
export const EMPTY_JSON: object = Object.freeze({});

/** The framework's own refusal of such a body. */
export const emptyJsonRefused = (): Error => new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY();

/**
 * Reads JSON as Fastify does, but leaves it to who reads the body whether an empty one will do, and refuses what is packed and
 * what is not UTF-8 (RFC 8259, 8.1): of any two names in another encoding the decoder would make the same one.
 */
export function readJsonBodies(fastify: FastifyInstance): void {
  const read = fastify.getDefaultJsonParser('ignore', 'ignore');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, EMPTY_JSON);
    const coding = request.headers['content-encoding'] ?? '';
    if (!AS_IT_IS.has(coding.toLowerCase())) {
      return done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(coding), undefined);
    }
    if (!isUtf8(body)) return done(new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY(), undefined);
    return read(request, body.toString(), done);
  });
}

/** Codings of a body that change nothing. */
const AS_IT_IS: ReadonlySet<string> = new Set(['', 'identity']);
