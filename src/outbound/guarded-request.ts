import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { OutboundFailure } from './explain-failure.js';
import { guardConnection } from './guarded-agent.js';
import type { Reachable } from './reachable.js';
import type { ResolveHost } from './resolve-host.js';

/** Which addresses may be reached, and how their names are found. */
export interface Guard {
  readonly reachable: Reachable;
  readonly resolve: ResolveHost;
  /** Addresses that are reached although they are private: of this very service, as whoever runs it has set it up. */
  readonly trusted?: (url: URL) => boolean;
}

/** How long somebody may take, in milliseconds from the beginning of a request. */
export interface Patience {
  /** Until there is a connection, names, handshake and all. */
  readonly connectMilliseconds: number;
  /** Until the answer begins. */
  readonly answerMilliseconds: number;
}

/**
 * Of a host with several addresses one may take this part of the time for a connection, before the next one is tried: whoever
 * is far away, or lost the first packet, has answered by then. Of itself Node takes a quarter of a second, and gives up with the last.
 */
const PART_OF_ONE_ADDRESS = 0.25;

/**
 * A request to an address that somebody else chose, not yet sent: every address that it connects to is judged first, save
 * where the whole URL is trusted.
 *
 * @param over ends the look-up of the name once nobody waits any more
 * @throws OutboundFailure when the host is an address that may not be reached; TypeError for what is no address
 */
export function openRequest(
  url: URL,
  method: 'GET' | 'POST',
  headers: Readonly<Record<string, string>>,
  { reachable, resolve, trusted, connectMilliseconds }: Guard & Pick<Patience, 'connectMilliseconds'>,
  over: AbortSignal,
  signal?: AbortSignal,
): ClientRequest {
  const send = url.protocol === 'http:' ? requestPlain : requestSecure;
  const autoSelectFamilyAttemptTimeout = Math.ceil(PART_OF_ONE_ADDRESS * connectMilliseconds);
  const options = { method, headers, autoSelectFamilyAttemptTimeout, ...(signal ? { signal } : {}) };
  if (trusted?.(url) === true) return send(url, { ...options, agent: false });
  const connection = guardConnection(url, reachable, (host) => resolve(host, over));
  return send(url, { ...options, ...connection });
}

/**
 * Sends it and waits until the answer begins. Errors after that are nobody's to hear: the answer's `close` tells.
 *
 * @throws OutboundFailure for who is too late, and what the connection fails with
 */
export function answerTo(
  sent: ClientRequest,
  body: string,
  { connectMilliseconds, answerMilliseconds }: Patience,
): Promise<IncomingMessage> {
  const connected = sent.protocol === 'http:' ? 'connect' : 'secureConnect';
  return new Promise<IncomingMessage>((resolve, reject) => {
    const late = (what: string, milliseconds: number): NodeJS.Timeout =>
      setTimeout(() => sent.destroy(new OutboundFailure(`${what} within ${milliseconds} ms.`)), milliseconds);
    const timers = [late('No connection', connectMilliseconds), late('No answer', answerMilliseconds)];
    const end = (): void => timers.forEach((timer) => clearTimeout(timer));
    sent.on('socket', (socket) => socket.once(connected, () => clearTimeout(timers[0])));
    sent.on('response', (response) => {
      end();
      resolve(response);
    });
    // Stays for errors after the response, of which nobody needs to hear.
    sent.on('error', reject);
    sent.on('close', () => {
      end();
      reject(new OutboundFailure('The connection was closed before there was an answer.'));
    });
    sent.end(body);
  });
}
