import type { IncomingMessage } from 'node:http';

/** A name or an address, with or without a port (RFC 9110, 7.2; RFC 3986, 3.2.2); empty where the address has none. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d{0,5})?$/i;

/**
 * What is in doubt about a request that Node takes: one that may mean one thing to a proxy in front and another to us. No
 * allocation and no more than a look at the names: each request comes by here.
 *
 * @returns a sentence for whoever sent it; undefined: nothing is
 */
export function doubtOf({ headers, rawHeaders, httpVersion }: IncomingMessage): string | undefined {
  const { host, 'transfer-encoding': coding } = headers;
  if (host === undefined) {
    if (httpVersion === '1.1') return 'Say whom you ask, in the header Host.';
  } else {
    if (!HOST.test(host)) return 'The header Host names no host.';
    // Node keeps the first, and says nothing of the others (RFC 9112, 3.2).
    if (isTwice('host', rawHeaders)) return 'Say whom you ask once: there are several headers Host.';
  }
  // Node undoes the chunks alone, hands on what is packed in them as if it were not (RFC 9112, 6.1), and refuses all other codings.
  if (coding !== undefined && /,\s*chunked$/i.test(coding))
    return 'Of transfer codings only "chunked" is taken.';
  return undefined;
}

/** @param rawHeaders names and values by turns */
function isTwice(name: string, rawHeaders: readonly string[]): boolean {
  let found = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at];
    if (given?.length === name.length && given.toLowerCase() === name) found += 1;
  }
  return found > 1;
}
