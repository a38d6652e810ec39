import type { Seeded } from '../../test/setup/seeded.js';
import { BODY_MUTATIONS } from './body-mutations.js';
import { FIELD_MUTATIONS } from './field-mutations.js';
import { HEADER_MUTATIONS } from './header-mutations.js';
import type { Mutation } from './mutation.js';
import type { FuzzRequest } from './request.js';
import { URL_MUTATIONS } from './url-mutations.js';

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'SEARCH',
  'QUERY',
  'LOCK',
  'PURGE',
] as const;

const OTHER_METHOD: Mutation = {
  name: 'another method',
  apply: (request, random) => ({ ...request, method: random.oneOf(METHODS) }),
};

/** One of all kinds; those of bodies where there is one, and rarely elsewhere. */
export function drawMutation({ body }: FuzzRequest, random: Seeded): Mutation {
  const kind = random.below(20);
  if (kind < 8)
    return body === undefined && kind < 7 ? random.oneOf(URL_MUTATIONS) : random.oneOf(FIELD_MUTATIONS);
  if (kind < 11)
    return body === undefined && kind < 10 ? random.oneOf(URL_MUTATIONS) : random.oneOf(BODY_MUTATIONS);
  if (kind < 14) return random.oneOf(URL_MUTATIONS);
  if (kind < 19) return random.oneOf(HEADER_MUTATIONS);
  return OTHER_METHOD;
}
