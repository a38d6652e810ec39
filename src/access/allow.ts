import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SECURITY } from '../http/openapi.js';
import { markWithoutBody, markWithoutQuery } from '../http/without-part.js';
import { markForBrowsers } from './origins/answer-preflight.js';
import type { Caller, SiteCaller, StaffRole } from './caller.js';
import type { LimitedGroup } from './limits/limit-plans.js';
import type { Scope } from './scopes.js';
import type { Session, SessionStage } from './staff/sessions.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on routes with `@Allow`; set by AccessGuard. */
    caller?: Caller;
    /** By which session, where it is one. */
    session?: Session;
  }
}

/**
 * Who may call a route: sites by these kinds of key, and staff who hold at least this role on some site (which site,
 * `SiteOf` checks), signed in or with a token of this scope. `anybody` of the staff: also who has no site, where it is about
 * themselves.
 */
export type Allowed = {
  readonly keys?: readonly SiteCaller['kind'][];
  /** With which requests these are counted against the limits; `rest` unless said. */
  readonly limits?: LimitedGroup;
  /** Who is signed in, as far as this, and nobody by a key: routes about the account itself. */
  readonly sessions?: readonly SessionStage[];
} & (
  | { readonly staff: StaffRole | 'anybody'; readonly scope: Scope }
  | { readonly staff?: undefined; readonly scope?: Scope }
);

export const ALLOWED = Symbol('allowed callers');

/** Closes a route to everybody but these callers. A route without it is public. */
export const Allow = (allowed: Allowed): MethodDecorator =>
  applyDecorators(
    SetMetadata(ALLOWED, allowed),
    markWithoutQuery,
    markWithoutBody,
    ...securityOf(allowed).map((scheme) => ApiSecurity(scheme)),
    ...(allowed.keys?.includes('publishable') ? [markForBrowsers] : []),
  );

/** The same for the API's description. */
const securityOf = ({ keys = [], staff, sessions }: Allowed): string[] => [
  ...keys.map((kind) => SECURITY[kind]),
  ...(staff === undefined ? [] : [SECURITY.staff, SECURITY.session]),
  ...(sessions === undefined ? [] : [SECURITY.session]),
];

/** Closes a route to everybody but who is signed in, as far as one of these stages. */
export const AllowSession = (...sessions: readonly SessionStage[]): MethodDecorator => Allow({ sessions });

/** The caller, as a parameter of a controller's method that has `@Allow`. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (caller === undefined) throw new Error('A route that asks for its caller must say @Allow.');
  return caller;
});

/** The session, as a parameter of a controller's method that has `@AllowSession`. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const { session } = context.switchToHttp().getRequest<FastifyRequest>();
  if (session === undefined) throw new Error('A route that asks for its session must say @AllowSession.');
  return session;
});
