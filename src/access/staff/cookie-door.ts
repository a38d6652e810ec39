import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VigieError } from '../../core/errors.js';
import type { Allowed } from '../allow.js';
import { checkIntent, checkStage } from './check-session.js';
import { OwnOrigin } from '../origins/own-origin.js';
import { RateLimits } from '../limits/rate-limits.js';
import { type Session, Sessions } from './sessions.js';

/**
 * With this header a page says that it asks by itself: else one that looks for news would keep a session open for whoever
 * finds the computer.
 */
const BACKGROUND = 'vigie-background';

/** Lets in who comes with a cookie: somebody signed in, who meant what is asked, as far as the route needs. */
@Injectable()
export class CookieDoor {
  constructor(
    private readonly sessions: Sessions,
    private readonly limits: RateLimits,
    private readonly origin: OwnOrigin,
  ) {}

  /** @throws VigieError UNAUTHENTICATED, FORBIDDEN, CONFLICT, RATE_LIMITED */
  async letIn(
    cookie: string,
    allowed: Pick<Allowed, 'sessions' | 'limits'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Session> {
    // No page of another origin reads the answer, and no cache keeps it.
    request.hasKnownKey = true;
    reply.header('cache-control', 'no-store').header('vary', 'Cookie');
    const session = await this.sessionOf(cookie, request, reply);
    if (session === undefined) {
      throw new VigieError('UNAUTHENTICATED', 'Your session is over, or was ended: sign in again.');
    }
    // Who knows a password and no code must not use up what its owner may send.
    if (session.stage === 'full')
      await this.limits.count(allowed.limits ?? 'rest', session.caller, request, reply);
    else this.limits.countAtDoor(request, reply);
    checkIntent(request, session, this.origin);
    checkStage(session, allowed.sessions ?? ['full']);
    return session;
  }

  /** Made-up cookies are counted before they cost a query. */
  private async sessionOf(
    cookie: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Session | undefined> {
    const isUse = request.headers[BACKGROUND] === undefined;
    if (this.sessions.wasKnown(cookie)) return this.sessions.lookUp(cookie, isUse);
    this.limits.countAtDoor(request, reply);
    let isUnknown = false;
    try {
      const session = await this.sessions.lookUp(cookie, isUse);
      isUnknown = session === undefined;
      return session;
    } finally {
      // Also when nobody could be asked: that is not the caller's fault.
      if (!isUnknown) this.limits.giveBackAtDoor(request);
    }
  }
}
