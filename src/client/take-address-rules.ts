import { type AddressRules, checkAddressRules } from '../core/address-rules.js';
import { VigieClientError } from './client-error.js';
import { isObject } from './image-change.js';
import type { ServiceDoor, Waiting } from './service-door.js';

export interface TakenRules {
  readonly rules: AddressRules;
  /** What of them this library does not know. */
  readonly problem: VigieClientError | null;
}

/**
 * The site's address rules. What this library does not know of them is left out: then images are shown that a newer one
 * knows to be blocked.
 *
 * @throws VigieClientError
 */
export const takeAddressRules = (door: ServiceDoor, waiting: Waiting): Promise<TakenRules> =>
  door.get('/v1/address-rules', { accept: 'application/json' }, waiting, async (response) => {
    const body: unknown = await response.json();
    if (!isObject(body) || !isObject(body['addressRules']))
      throw new VigieClientError('PROTOCOL', 'The answer to /v1/address-rules can not be read.');
    return readRules(body['addressRules']);
  });

/** Names of the rules that this library knows, with how each is said. */
const LISTS = ['presets', 'imgixHosts', 'ignoreParameters', 'removePaths'];
const SWITCHES = ['ignoreWww', 'ignoreScheme', 'ignorePathCase', 'sortParameters'];

function readRules(given: Record<string, unknown>): TakenRules {
  const known = Object.entries(given).filter(([name, value]) =>
    LISTS.includes(name) ? Array.isArray(value) : SWITCHES.includes(name) && typeof value === 'boolean',
  );
  const { rules, wrong } = checkAddressRules(Object.fromEntries(known), 'addressRules');
  const isAllKnown = wrong.length === 0 && known.length === Object.keys(given).length;
  const text = "This version of the library does not know all address rules of the site's: use a newer one.";
  return { rules, problem: isAllKnown ? null : new VigieClientError('PROTOCOL', text) };
}
