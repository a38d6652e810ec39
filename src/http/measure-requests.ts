import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction, RouteOptions } from 'fastify';
import { httpRequests } from '../telemetry/measures.js';
import { activeTracing, type BegunSpan } from '../telemetry/tracing.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where there are traces: see traceRequests. */
    span: BegunSpan | null;
  }
}

/** The label of what no route answers: addresses that strangers think of are no labels. */
const UNKNOWN = 'unknown';

const STATUSES = ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'];
const classOf = (status: number): string => STATUSES[Math.floor(status / 100)] ?? UNKNOWN;

/** SpanStatusCode.ERROR, of a package that is loaded only where there are traces. */
const ERROR = 2;

const secondsSince = (arrivedAt: number): number => (performance.now() - arrivedAt) / 1_000;

/**
 * For Fastify's onRoute hook: times the answers of a route, under its pattern. A hook of the route itself, so that nothing
 * is looked up when a request comes.
 */
export function measureRoute(route: RouteOptions): void {
  const told = httpRequests.of(route.url);
  const answered = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    told(request.method, classOf(reply.statusCode), secondsSince(request.arrivedAt));
    done();
  };
  route.onResponse = [...[route.onResponse ?? []].flat(), answered];
}

const unknownRoutes = httpRequests.of(UNKNOWN);

/** The same of a request that no route answers. */
export function measureUnknown(request: FastifyRequest, status: number): void {
  // The method is one of the few that Node's parser lets through, and still not worth a series each.
  unknownRoutes(UNKNOWN, classOf(status), secondsSince(request.arrivedAt));
}

/** For Fastify's onRoute hook, where there are traces: a span for each request, under way in all that it causes. */
export function traceRoute(route: RouteOptions): void {
  const { url } = route;
  const arrived = (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const attributes = {
      'http.request.method': request.method,
      'http.route': url,
      'vigie.request.id': request.id,
    };
    request.span = activeTracing()?.begin(`${request.method} ${url}`, attributes, request.headers) ?? null;
    done();
  };
  // After the body was read: what its events call does not know what was under way before.
  const handled = (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    if (request.span === null) done();
    else request.span.within(done);
  };
  const answered = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const span = request.span?.span;
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: ERROR });
    span?.end();
    done();
  };
  route.onRequest = [arrived, ...[route.onRequest ?? []].flat()];
  route.preValidation = [...[route.preValidation ?? []].flat(), handled];
  route.onResponse = [...[route.onResponse ?? []].flat(), answered];
}
