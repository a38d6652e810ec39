import { type AddressRules, checkAddressRules } from '../core/address-rules.js';
import { readUrl } from '../core/read-url.js';
import type { VigieClientError } from './client-error.js';
import type { Timing } from './follow-service.js';
import type { Fetch } from './service-door.js';
import type { StateStore } from './state-store.js';

/**
 * What is said of an image while nothing is known yet: neither the service nor the store has answered. `failOpen`: it may
 * be shown. `failClosed`: it may not.
 */
export type FailMode = 'failOpen' | 'failClosed';

export interface ClientOptions {
  /** Address of the service, such as `https://vigie.example.ma`; a path is kept. */
  readonly baseUrl: string;
  /** The site's secret key, `vg_sec_...`. It belongs on servers and edge workers, never into a page. */
  readonly key: string;
  /** Default `failOpen`. Once there was a first state, the last one known is used, whatever happens. */
  readonly mode?: FailMode;
  /** Where to keep what is known, such as `fileStore(path)` of `vigie/client/node`. Default: nowhere. */
  readonly store?: StateStore;
  /** How long `start()` waits for a first state, in ms. Default 10,000. */
  readonly startTimeout?: number;
  /** Ms from a change until it is saved, at least; a large state is saved less often. Default 5,000. */
  readonly saveEvery?: number;
  /** Told of whatever goes wrong; the client goes on by itself. Default: nobody is. */
  readonly onError?: (error: VigieClientError) => void;
  /**
   * Which addresses are one picture. Default: the site's address rules, which are asked of the service, and again when it
   * says that they have changed. Those that are given here are never asked for.
   */
  readonly addressRules?: AddressRules;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch;
  /** For tests and odd networks. Defaults: silence 45 s, firstWord 10 s, polling 10 minutes. */
  readonly timing?: Partial<Timing>;
}

export type CheckedOptions = Required<Omit<ClientOptions, 'store' | 'timing' | 'addressRules'>> & {
  readonly addressRules: AddressRules | undefined;
  readonly store: StateStore | undefined;
  readonly timing: Timing;
};

const TIMING: Timing = { silence: 45_000, firstWord: 10_000, polling: 600_000 };

/** Ms, some 25 days: what is longer, or Infinity, timers take for no time at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** With the defaults filled in. @throws TypeError with a sentence that names the option */
export function checkOptions(options: ClientOptions): CheckedOptions {
  const { key, mode = 'failOpen', store, startTimeout = 10_000, saveEvery = 5000 } = options;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) {
    throw new TypeError('key: give the secret key of the site (vg_sec_...).');
  }
  if (mode !== 'failOpen' && mode !== 'failClosed') {
    throw new TypeError(`mode: must be "failOpen" or "failClosed", not ${JSON.stringify(mode)}.`);
  }
  for (const [name, value] of Object.entries({ startTimeout, saveEvery, ...options.timing })) {
    if (!(typeof value === 'number' && value >= 0 && value <= LONGEST_TIMER))
      throw new TypeError(`${name}: must be a number of milliseconds, at most ${LONGEST_TIMER}.`);
  }
  return {
    baseUrl: checkedBaseUrl(options.baseUrl),
    key,
    mode,
    store,
    startTimeout,
    saveEvery,
    addressRules: checkedRules(options.addressRules),
    onError: options.onError ?? (() => undefined),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    timing: { ...TIMING, ...options.timing },
  };
}

function checkedRules(given: AddressRules | undefined): AddressRules | undefined {
  if (given === undefined) return undefined;
  const { rules, wrong } = checkAddressRules(given, 'addressRules');
  const [first] = wrong;
  if (first !== undefined) throw new TypeError(`${first.pointer}: ${first.detail}`);
  return rules;
}

function checkedBaseUrl(baseUrl: string): string {
  const url = readUrl(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TypeError(
      `baseUrl: must be the address of the service, such as https://vigie.example.ma, not ${JSON.stringify(baseUrl)}.`,
    );
  }
  if (url.username !== '' || url.password !== '')
    throw new TypeError('baseUrl: must not hold a user name or password.');
  return url.href.replace(/\/+$/, '');
}
