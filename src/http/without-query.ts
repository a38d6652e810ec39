import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, RouteOptions } from 'fastify';
import { addRouteConfig } from './add-route-config.js';
import { readRequest } from './validation.pipe.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler asks for nothing of the query; see markWithoutQuery. */
    readonly withoutQuery?: boolean;
  }
}

/** What such a query may hold: nothing, and as everywhere a browser's key. */
class NoQuery {}

/** Marks a handler without a `@Query()` parameter: nothing else would look at what its query holds. */
export const markWithoutQuery: MethodDecorator = (target, name, descriptor) => {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, name) ?? {}) as object;
  if (Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`))) return;
  addRouteConfig({ withoutQuery: true })(target, name, descriptor);
};

/** For Fastify's onRoute hook: marked routes refuse every parameter in the query. */
export function refuseQueries(route: RouteOptions): void {
  if (route.config?.withoutQuery !== true) return;
  route.preHandler = [...[route.preHandler ?? []].flat(), refuseQuery];
}

function refuseQuery(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  // Every report passes here; nearly none has a query.
  if (request.url.includes('?')) readRequest(NoQuery, request.query, 'query');
  done();
}
