import { isIP } from 'node:net';
import { invalid, type VigieError } from '../core/errors.js';
import { readUrl } from '../core/read-url.js';
import type { Reachable } from '../outbound/reachable.js';

const LONGEST = 2048;
const LOCAL_NAMES = /(?:^|\.)(?:localhost|local|internal)$/;

/**
 * The one spelling of an endpoint's address. What can be seen to be private is refused here; names are judged when they
 * are connected to, each time.
 *
 * @throws VigieError INVALID at /url
 */
export function checkEndpointUrl(given: string, reachable: Reachable): string {
  const url = readUrl(given);
  if (url === null) throw refused('Must be an address such as https://www.example.ma/hooks/vigie.');
  url.hash = '';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('Must begin with https://.');
  if (url.username !== '' || url.password !== '') {
    throw refused('Must hold no user and password: messages are signed, so check the signature instead.');
  }
  const isPlain = url.protocol === 'http:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) {
    if (!reachable.allows(host, isPlain)) throw refused(isPlain ? PLAIN : PRIVATE);
  } else if (!reachable.allowsSome) {
    if (isPlain) throw refused(PLAIN);
    if (LOCAL_NAMES.test(host.replace(/\.$/, ''))) throw refused(PRIVATE);
  }
  if (url.href.length > LONGEST) throw refused(`Must have at most ${LONGEST} characters once it is encoded.`);
  return url.href;
}

const PLAIN =
  'Must begin with https://. Plain http goes to networks that the operator allows (OUTBOUND_ALLOW) only.';
const PRIVATE =
  'Must not be a private or reserved address. The operator can allow networks of an intranet (OUTBOUND_ALLOW).';

const refused = (detail: string): VigieError => invalid('/url', detail);
