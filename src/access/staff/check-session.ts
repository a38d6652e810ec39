import type { FastifyRequest } from 'fastify';
import { refused, VigieError } from '../../core/errors.js';
import type { OwnOrigin } from '../origins/own-origin.js';
import { isCsrfToken, type Session, type SessionStage } from './sessions.js';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const WAITS_FOR = {
  totp: 'Finish signing in first: send the code of your second factor to POST /v1/session/totp.',
  enrol: 'A second factor is required here: set one up first, under /v1/session/second-factor.',
} as const;

/** What browsers say of where a request comes from: of what changes something every one of today sends the first. */
const OF_BROWSERS = ['origin', 'sec-fetch-site', 'referer'] as const;

/**
 * Whether a request by cookie was meant by who is signed in: from a page of ours, with the token that only such a page could
 * read. The cookie's SameSite=Strict says the same of other sites, and nothing of neighbouring hosts. What comes from no browser comes from
 * whoever has the cookie: no page made it do so (docs/adr/0038-cookies-without-a-browser.md).
 *
 * @throws VigieError FORBIDDEN
 */
export function checkIntent(request: FastifyRequest, session: Session, origin: OwnOrigin): void {
  if (READING.has(request.method)) return;
  if (OF_BROWSERS.every((header) => request.headers[header] === undefined)) return;
  origin.check(request, { needed: true });
  const token = request.headers['x-vigie-csrf'];
  if (typeof token !== 'string') {
    throw new VigieError(
      'FORBIDDEN',
      'A request by cookie that changes something needs the header X-Vigie-CSRF: the "csrfToken" of GET /v1/session.',
    );
  }
  if (!isCsrfToken(session, token)) {
    throw refused(
      'FORBIDDEN',
      'other-session',
      'X-Vigie-CSRF is the token of another session: load the page again.',
      { next: 'reload' },
    );
  }
}

/**
 * Whether a session is as far as a route needs.
 *
 * @throws VigieError UNAUTHENTICATED with `next` while it waits for something else; CONFLICT where it is further already
 */
export function checkStage({ stage }: Session, wanted: readonly SessionStage[]): void {
  if (wanted.includes(stage)) return;
  if (stage === 'full')
    throw refused('CONFLICT', 'signed-in', 'You are signed in already: this is not needed.');
  throw new VigieError('UNAUTHENTICATED', WAITS_FOR[stage], [], { next: stage });
}
