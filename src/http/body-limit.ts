import type { RouteOptions } from 'fastify';
import { addRouteConfig } from './add-route-config.js';

/** Bytes of a request's body, unless the route says otherwise with `@BodyLimit`. */
export const DEFAULT_BODY_LIMIT = 256 * 1024;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes; see BodyLimit. */
    readonly bodyLimit?: number;
  }
}

/** Lets a handler take bodies of up to so many bytes. */
export const BodyLimit = (bytes: number): MethodDecorator => addRouteConfig({ bodyLimit: bytes });

/** For Fastify's onRoute hook: makes what `@BodyLimit` says hold. */
export function applyBodyLimit(route: RouteOptions): void {
  const limit = route.config?.bodyLimit;
  if (limit !== undefined) route.bodyLimit = limit;
}
