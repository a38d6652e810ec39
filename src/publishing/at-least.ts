import type { IncomingHttpHeaders } from 'node:http';
import { invalid } from '../core/errors.js';

export const AT_LEAST = 'Vigie-At-Least';

/**
 * The version of which the caller knows already, by `Vigie-At-Least`; 0 without it.
 *
 * @throws VigieError INVALID
 */
export function atLeastOf(headers: IncomingHttpHeaders): number {
  const given = headers['vigie-at-least'];
  if (given === undefined) return 0;
  if (typeof given === 'string' && /^\d{1,9}$/.test(given)) return Number(given);
  throw invalid(`/headers/${AT_LEAST}`, `${AT_LEAST} must be one whole number: a version of the image.`);
}
