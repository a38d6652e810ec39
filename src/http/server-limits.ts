import type { Server } from 'node:http';
import type { FastifyBaseLogger, FastifyHttpOptions } from 'fastify';
import type { VigieConfig } from '../config/load-config.js';

/** Milliseconds in which a request must have said what it wants: some kilobytes, over a phone too. */
const HEADERS_WITHIN = 10_000;

/** Milliseconds in which a request must have arrived whole. */
const REQUEST_WITHIN = 30_000;

/** How often Node looks for requests that are late, in milliseconds: so much longer do they stay. Its own half minute would double each. */
const LOOK_EVERY = 5_000;

/**
 * Milliseconds after which a connection on which nothing moves is ended, in the middle of an answer too. Longer than a replay that
 * answers at its end (two minutes, and two of waiting), than a long poll (one) and than what a stream says between changes
 * (20 seconds). Who takes a byte now and then is not silent: they cost a connection and what is left of one answer.
 */
const SILENT_FOR = 300_000;

/** Connections beside the streams and polls that may wait. Each costs some 20 KB, what is read of a request another 16 at most. */
const OTHER_CONNECTIONS = 10_000;

/** How often the operator is told that connections are refused, in milliseconds. */
const TELL_EVERY = 60_000;

/** What the server is made with. A connection may be kept and asked again for as long as its owner likes. */
export const SERVER_LIMITS = {
  requestTimeout: REQUEST_WITHIN,
  connectionTimeout: SILENT_FOR,
  http: {
    headersTimeout: HEADERS_WITHIN,
    connectionsCheckingInterval: LOOK_EVERY,
    // Node's own refusal has neither a body nor an id: doubtful-request.ts has ours.
    requireHostHeader: false,
  },
} as const satisfies FastifyHttpOptions<Server>;

/** Refuses connections beyond a number, so that whoever opens them without end takes neither all memory nor all files. */
export function limitConnections(
  server: Server,
  { maxStreams, maxWaiting }: Pick<VigieConfig['feed'], 'maxStreams' | 'maxWaiting'>,
  log: Pick<FastifyBaseLogger, 'warn'>,
): void {
  const most = maxStreams + maxWaiting + OTHER_CONNECTIONS;
  let toldAt = -Infinity;
  server.maxConnections = most;
  // Node would drop all after the two thousandth in silence. How many there can be is bounded by
  // what their names and values hold together, 16 KB.
  server.maxHeadersCount = 0;
  server.on('drop', () => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY) return;
    toldAt = now;
    log.warn(
      'Connections are refused: as many are open as this process takes. Is somebody opening them without end?',
    );
  });
}
