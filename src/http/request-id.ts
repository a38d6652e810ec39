import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const REQUEST_ID_HEADER = 'x-request-id';

/** What may go into a log line and a header as it is. */
export const SANE = /^[\w.:+=-]{1,128}$/;

/** The id that the caller (or a proxy) gave the request, if it is harmless; else a new one. */
export function requestId(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}
