import type { FastifyRequest } from 'fastify';
import { refused, VigieError } from '../../core/errors.js';
import type { OwnOrigin } from '../origins/own-origin.js';
import { isCsrfToken, type Session, type SessionStage } from './sessions.js';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const WAITS_FOR = {
  totp: 'Finish signing in first: send the code of your second factor to POST /v1/session/totp.',
  enrol: 'A second factor is required here: set one up first, under /v1/session/second-factor.',
} as const;

/**
 * Whether a request by cookie was meant by who is signed in: from a page of ours, with the token that only such a page could
 * read. The cookie's SameSite=Strict says the same of other sites, and nothing of neighbouring hosts.
 *
 * @throws VigieError FORBIDDEN
 */
export function checkIntent(request: FastifyRequest, session: Session, origin: OwnOrigin): void {
  if (READING.has(request.method)) return;
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
