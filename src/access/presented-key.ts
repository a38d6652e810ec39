import type { FastifyRequest } from 'fastify';
import { VigieError } from '../core/errors.js';

/**
 * The key that a request presents, in the form of an Authorization header; undefined when there is none.
 * A publishable key may come as `?key=` when reading. It is taken out of the query, so that nothing behind the guard
 * sees, refuses or logs it.
 *
 * @throws VigieError SECRET_IN_ADDRESS when a key that must stay secret is in the address, whatever the method
 */
export function presentedKey(request: FastifyRequest): string | undefined {
  const fromAddress = takeFromAddress(request);
  const { authorization } = request.headers;
  if (authorization !== undefined || fromAddress === undefined) return authorization;
  return request.method === 'GET' || request.method === 'HEAD' ? `Bearer ${fromAddress}` : undefined;
}

function takeFromAddress(request: FastifyRequest): string | undefined {
  const query = request.query as Record<string, unknown>;
  if (!Object.hasOwn(query, 'key')) return undefined;
  const given = [query['key']].flat().map(String);
  delete query['key'];
  if (given.some((key) => key.startsWith('vg_sec_') || key.startsWith('vg_stf_'))) {
    throw new VigieError(
      'SECRET_IN_ADDRESS',
      'Only a publishable key may stand in an address: addresses are logged and shared. ' +
        'Revoke this key, make another, and send it as "Authorization: Bearer <key>".',
    );
  }
  return given[0];
}
