import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VigieError } from '../core/errors.js';
import { ALLOWED, type Allowed } from './allow.js';
import { CookieDoor } from './staff/cookie-door.js';
import { KeyDirectory, type Verdict } from './keys/key-directory.js';
import { checkStaff, letIn } from './let-in.js';
import { hasKeyInAddress, presentedKey } from './keys/presented-key.js';
import { RateLimits } from './limits/rate-limits.js';
import { SessionCookies } from './staff/session-cookies.js';

/**
 * Lets in whom a route's `@Allow` names, as often as the limits allow. Without a query for a key seen in the last seconds:
 * every page view of every site passes here. For a session there is one each time (ADR 21).
 *
 * @throws VigieError UNAUTHENTICATED, FORBIDDEN, CONFLICT, SECRET_IN_ADDRESS, RATE_LIMITED
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: KeyDirectory,
    private readonly limits: RateLimits,
    private readonly cookies: SessionCookies,
    private readonly cookieDoor: CookieDoor,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const allowed = this.reflector.get<Allowed | undefined>(ALLOWED, context.getHandler());
    if (allowed === undefined) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();

    const inAddress = hasKeyInAddress(request);
    const key = presentedKey(request);
    if (key === undefined) {
      // A browser sends its cookie along with everything: whoever sends a key is asked for that.
      const cookie = inAddress ? undefined : this.cookies.read(request);
      if (cookie !== undefined && isForSessions(allowed)) {
        return this.bySession(cookie, allowed, request, reply);
      }
      this.refuse(
        allowed.sessions === undefined
          ? 'Send a key as "Authorization: Bearer <key>".'
          : 'Sign in first: POST /v1/session.',
        request,
        reply,
      );
    }
    const verdict = this.keys.recall(key);
    return verdict !== undefined
      ? this.judge(verdict, allowed, request, reply)
      : this.lookUp(key, allowed, request, reply);
  }

  private async lookUp(
    key: string,
    allowed: Allowed,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    // A key that was good a while ago is no guess: who shares a network with somebody who guesses is let in. Who asks along
    // with others for the same key costs no query.
    if (this.keys.wasKnown(key) || this.keys.isAsked(key)) {
      return this.judge(await this.keys.lookUp(key), allowed, request, reply);
    }
    // Counted before, so that guesses that come at once are no more queries than those that come in turn.
    this.limits.countUnknown(request, reply);
    let verdict: Verdict | undefined;
    try {
      verdict = await this.keys.lookUp(key);
    } finally {
      // Also when nobody could be asked: that is not the caller's fault.
      if (verdict === undefined || 'caller' in verdict) this.limits.giveBackUnknown(request);
    }
    if ('refused' in verdict) throw new VigieError('UNAUTHENTICATED', verdict.refused);
    return this.judge(verdict, allowed, request, reply);
  }

  private async bySession(
    cookie: string,
    allowed: Allowed,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<true> {
    const session = await this.cookieDoor.letIn(cookie, allowed, request, reply);
    if (allowed.sessions === undefined) checkStaff(session.caller, allowed);
    request.session = session;
    request.caller = session.caller;
    return true;
  }

  private judge(
    verdict: Verdict,
    allowed: Allowed,
    request: FastifyRequest,
    reply: FastifyReply,
  ): true | Promise<true> {
    if ('refused' in verdict) this.refuse(verdict.refused, request, reply);
    const { caller } = verdict;
    const counted = this.limits.count(allowed.limits ?? 'rest', caller, request, reply);
    return counted === undefined
      ? letIn(caller, allowed, request, reply)
      : counted.then(() => letIn(caller, allowed, request, reply));
  }

  private refuse(why: string, request: FastifyRequest, reply: FastifyReply): never {
    this.limits.countUnknown(request, reply);
    throw new VigieError('UNAUTHENTICATED', why);
  }
}

const isForSessions = ({ staff, sessions }: Allowed): boolean =>
  staff !== undefined || sessions !== undefined;
