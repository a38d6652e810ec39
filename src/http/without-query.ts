import { type CanActivate, type ExecutionContext, UseGuards } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { readRequest } from './validation.pipe.js';

/** What such a query may hold: nothing, and as everywhere a browser's key. */
class NoQuery {}

/** Refuses every parameter in the query, of those only whom the guards before it let in: who may not ask is told that first. */
class QueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // Nearly none has a query.
    if (request.url.includes('?')) readRequest(NoQuery, request.query, 'query');
    return true;
  }
}

/** Marks a handler without a `@Query()` parameter: nothing else would look at what its query holds. */
export const markWithoutQuery: MethodDecorator = (target, name, descriptor) => {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, name) ?? {}) as object;
  if (Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`))) return;
  UseGuards(QueryGuard)(target, name, descriptor);
};
