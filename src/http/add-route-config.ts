import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';

const configs = new WeakMap<object, FastifyContextConfig>();

/** Adds to what other decorators said of a route to Fastify's hooks. Nest's own `RouteConfig` would replace it. */
export const addRouteConfig =
  (config: FastifyContextConfig): MethodDecorator =>
  (target, name, descriptor) => {
    const method = descriptor.value as object;
    const merged = { ...configs.get(method), ...config };
    configs.set(method, merged);
    RouteConfig(merged)(target, name, descriptor);
  };
