import { ModulesContainer } from '@nestjs/core';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Constructor } from './request-class.js';

/** Which classes the handlers of an app read requests into. */
export interface RequestTypes {
  readonly bodies: ReadonlySet<Constructor>;
  /** By the operation's id. */
  readonly queries: ReadonlyMap<string, Constructor>;
}

/** Where the generator keeps what `@ApiOperation` says. */
const OPERATION = 'swagger/apiOperation';

/** Types that say nothing of what is expected. */
const WITHOUT_RULES = new Set<unknown>([undefined, Object, String, Number, Boolean, Array]);

/** @param nameOf the operation's id where its handler says none */
export function requestTypesOf(
  app: NestFastifyApplication,
  nameOf: (controller: string, handler: string) => string,
): RequestTypes {
  const bodies = new Set<Constructor>();
  const queries = new Map<string, Constructor>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as object;
      for (const handler of Object.getOwnPropertyNames(prototype)) {
        const { body, query } = partsOf(metatype, prototype, handler);
        if (body !== undefined) bodies.add(body);
        if (query !== undefined)
          queries.set(idOf(prototype, handler) ?? nameOf(metatype.name, handler), query);
      }
    }
  }
  return { bodies, queries };
}

function partsOf(controller: object, prototype: object, handler: string) {
  const parts: { body?: Constructor; query?: Constructor } = {};
  const given = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { readonly index: number; readonly data?: unknown }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, handler) ?? []) as unknown[];
  for (const [key, { index, data }] of Object.entries(given)) {
    const type = types[index];
    // A single parameter has no class, and is described where it is named.
    if (data !== undefined || WITHOUT_RULES.has(type)) continue;
    const kind = Number(key.split(':', 1)[0]);
    if (kind === Number(RouteParamtypes.BODY)) parts.body = type as Constructor;
    if (kind === Number(RouteParamtypes.QUERY)) parts.query = type as Constructor;
  }
  return parts;
}

function idOf(prototype: object, handler: string): string | undefined {
  const method: unknown = Object.getOwnPropertyDescriptor(prototype, handler)?.value;
  if (typeof method !== 'function') return undefined;
  const said = Reflect.getMetadata(OPERATION, method) as { readonly operationId?: string } | undefined;
  return said?.operationId;
}
