import { errorCodes, type FastifyInstance } from 'fastify';

/**
 * What stands for a body that is announced as JSON and empty, as many callers announce whatever they send: where nothing
 * in a body is required, it is one that was not sent (validation.pipe.ts).
 */
export const EMPTY_JSON: object = Object.freeze({});

/** The framework's own refusal of such a body. */
export const emptyJsonRefused = (): Error => new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY();

/** Reads JSON as Fastify does, but leaves it to who reads the body whether an empty one will do. */
export function readEmptyJson(fastify: FastifyInstance): void {
  const read = fastify.getDefaultJsonParser('ignore', 'ignore');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, EMPTY_JSON);
    return read(request, body, done);
  });
}
