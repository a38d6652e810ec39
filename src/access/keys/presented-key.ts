import type { FastifyRequest } from 'fastify';
import { invalid, VigieError } from '../../core/errors.js';
import { ONCE } from '../../http/field-errors.js';
import { KEY_LENGTH, PREFIXES } from './api-keys.js';

const SCHEME = 'Bearer ';
const LENGTH = SCHEME.length + KEY_LENGTH;
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The key that a request presents, as an Authorization header in the one spelling `Bearer <key>`; undefined when there is
 * none. A publishable key may come as `?key=` when reading. It is taken out of the query, so that nothing behind the guard
 * sees, refuses or logs it.
 *
 * @throws VigieError SECRET_IN_ADDRESS when a key that must stay secret is in the address, whatever the method; INVALID when
 *   the address names several
 */
export function presentedKey(request: FastifyRequest): string | undefined {
  const fromAddress = takeFromAddress(request);
  const { authorization } = request.headers;
  if (authorization !== undefined) return oneSpelling(authorization);
  if (fromAddress === undefined || !READING.has(request.method)) return undefined;
  return oneSpelling(`Bearer ${fromAddress}`);
}

/** Whether a request's address holds a key, or what should be one; asked before `presentedKey` takes it out. */
export const hasKeyInAddress = ({ query }: FastifyRequest): boolean => Object.hasOwn(query as object, 'key');

/**
 * Whether a header is spelt as the directory of keys spells it. Another spelling of the same key (`bearer`, more spaces)
 * is the same key: were it remembered as it came, one key would take any number of places and queries.
 */
export const isOneSpelling = (authorization: string): boolean =>
  authorization.length === LENGTH && authorization.startsWith(SCHEME);

/** What can't be a key, for its length, is none: `Bearer` alone. */
function oneSpelling(authorization: string): string {
  if (isOneSpelling(authorization)) return authorization;
  const key = /^Bearer +([^ ]+) *$/i.exec(authorization)?.[1] ?? '';
  return SCHEME + (key.length === KEY_LENGTH ? key : '');
}

function takeFromAddress(request: FastifyRequest): string | undefined {
  const query = request.query as Record<string, unknown>;
  if (!Object.hasOwn(query, 'key')) return undefined;
  const [key = '', ...more] = [query['key']].flat().map((given) => String(given).trim());
  delete query['key'];
  if ([key, ...more].some((given) => mustStaySecret(given))) {
    throw new VigieError(
      'SECRET_IN_ADDRESS',
      'Only a publishable key may stand in an address: addresses are logged and shared. ' +
        'Revoke this key, make another, and send it as "Authorization: Bearer <key>".',
    );
  }
  if (more.length > 0) throw invalid('/key', ONCE);
  return key.startsWith(PREFIXES.publishable) ? key : '';
}

const mustStaySecret = (key: string): boolean =>
  key.startsWith(PREFIXES.secret) || key.startsWith(PREFIXES.staff);
