import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VigieError } from '../core/errors.js';
import { ALLOWED, type Allowed } from './allow.js';
import { type Caller, includesRole, type StaffCaller, type StaffRole } from './caller.js';
import { checkOrigin } from './check-origin.js';
import { checkIntent, checkStage } from './check-session.js';
import { KeyDirectory, type Verdict } from './key-directory.js';
import { OwnOrigin } from './own-origin.js';
import { hasKeyInAddress, presentedKey } from './presented-key.js';
import { RateLimits } from './rate-limits.js';
import { SessionCookies } from './session-cookies.js';
import { type Session, Sessions } from './sessions.js';

const KINDS = { publishable: 'a publishable key', secret: 'a secret key' } as const;

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
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly origin: OwnOrigin,
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
    // No page of another origin reads it, and no cache keeps it.
    request.hasKnownKey = true;
    reply.header('cache-control', 'no-store').header('vary', 'Cookie');
    const session = await this.sessionOf(cookie, request, reply);
    if (session === undefined) {
      throw new VigieError('UNAUTHENTICATED', 'Your session is over, or was ended: sign in again.');
    }
    await this.limits.count(allowed.limits ?? 'rest', session.caller, request, reply);
    checkIntent(request, session, this.origin);
    checkStage(session, allowed.sessions ?? ['full']);
    if (allowed.sessions === undefined) checkStaff(session.caller, allowed);
    request.session = session;
    request.caller = session.caller;
    return true;
  }

  /** As `lookUp`: made-up cookies are counted before they cost a query. */
  private async sessionOf(
    cookie: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Session | undefined> {
    if (this.sessions.wasKnown(cookie)) return this.sessions.lookUp(cookie);
    this.limits.countUnknown(request, reply);
    let isUnknown = false;
    try {
      const session = await this.sessions.lookUp(cookie);
      isUnknown = session === undefined;
      return session;
    } finally {
      if (!isUnknown) this.limits.giveBackUnknown(request);
    }
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

/** Only from here on the site says which pages may read an answer: all may read that there were too many requests. */
function letIn(caller: Caller, allowed: Allowed, request: FastifyRequest, reply: FastifyReply): true {
  request.hasKnownKey = true;
  if (allowed.sessions !== undefined) {
    throw new VigieError(
      'FORBIDDEN',
      'Keys and tokens may not do this, since it is about the account itself: sign in at POST /v1/session.',
    );
  }
  if (caller.kind === 'staff') {
    checkStaff(caller, allowed);
  } else {
    if (caller.kind === 'publishable') checkOrigin(caller.site, request, reply);
    if (!allowed.keys?.includes(caller.kind)) throw wrongKind(allowed);
  }
  request.caller = caller;
  return true;
}

function checkStaff(caller: StaffCaller, { staff, scope, ...rest }: Allowed): void {
  if (staff === undefined) throw wrongKind(rest);
  if (!holds(caller, staff)) {
    throw new VigieError('FORBIDDEN', `This needs the role of ${staff}, which you have on no site.`);
  }
  if (!caller.scopes.includes(scope ?? '')) {
    throw new VigieError(
      'FORBIDDEN',
      caller.sessionId === undefined
        ? `This token lacks the scope "${scope}". Use a token that has it.`
        : `This needs the permission "${scope}", which the operator gives.`,
      [],
      { scope },
    );
  }
}

const isForSessions = ({ staff, sessions }: Allowed): boolean =>
  staff !== undefined || sessions !== undefined;

const holds = (caller: StaffCaller, wanted: StaffRole): boolean =>
  caller.admin || [...caller.roles.values()].some((role) => includesRole(role, wanted));

function wrongKind({ keys = [], staff }: Allowed): VigieError {
  const wanted = [
    ...keys.map((kind) => KINDS[kind]),
    ...(staff === undefined ? [] : ["a staff member's token"]),
  ];
  return new VigieError('FORBIDDEN', `This is the wrong kind of key: use ${wanted.join(' or ')}.`);
}
