import { type CanActivate, type ExecutionContext, RequestMethod, UseGuards } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { readRequest } from './validation.pipe.js';

/** What such a body may hold: nothing. */
class NoBody {}

/** Refuses every field in the body, of those only whom the guards before it let in. */
class BodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body !== undefined) readRequest(NoBody, body, 'body');
    return true;
  }
}

/** Marks a handler without a `@Body()` parameter: nothing else would look at what its body holds. That of a GET is never read. */
export const markWithoutBody: MethodDecorator = (target, name, descriptor) => {
  if (Reflect.getMetadata(METHOD_METADATA, descriptor.value as object) === RequestMethod.GET) return;
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, target.constructor, name) ?? {}) as object;
  if (Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`))) return;
  UseGuards(BodyGuard)(target, name, descriptor);
};
