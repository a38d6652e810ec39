import { type CanActivate, type ExecutionContext, RequestMethod, UseGuards } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import type { RequestPart } from './read-request.js';
import { readRequest } from './validation.pipe.js';

/** What such a part may hold: nothing, and in a query, as everywhere, a browser's key. */
class Nothing {}

/** Refuses all that a part holds, of those only whom the guards before it let in: who may not ask is told that first. */
const refuseAll = (part: RequestPart, given: (request: FastifyRequest) => unknown): CanActivate => ({
  canActivate(context: ExecutionContext): true {
    const held = given(context.switchToHttp().getRequest<FastifyRequest>());
    if (held !== undefined) readRequest(Nothing, held, part);
    return true;
  },
});

// Nearly none has a query.
const REFUSE_QUERY = refuseAll('query', ({ url, query }) => (url.includes('?') ? query : undefined));
const REFUSE_BODY = refuseAll('body', ({ body }) => body);

/** Marks a handler without a `@Query()` parameter: nothing else would look at what its query holds. */
export const markWithoutQuery: MethodDecorator = (target, name, descriptor) => {
  if (!takes(RouteParamtypes.QUERY, target, name)) UseGuards(REFUSE_QUERY)(target, name, descriptor);
};

/** The same without a `@Body()` parameter. The body of a GET is never read. */
export const markWithoutBody: MethodDecorator = (target, name, descriptor) => {
  const isGet = Reflect.getMetadata(METHOD_METADATA, descriptor.value as object) === RequestMethod.GET;
  if (!isGet && !takes(RouteParamtypes.BODY, target, name)) UseGuards(REFUSE_BODY)(target, name, descriptor);
};

function takes(part: RouteParamtypes, target: object, name: string | symbol): boolean {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, name) ?? {}) as object;
  return Object.keys(parameters).some((key) => key.startsWith(`${part}:`));
}
