import { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds of the monotonic clock. */
    arrivedAt: number;
  }
}

/**
 * One line per request: at debug all of them, otherwise those that failed here. With the pattern of the route
 * (`/v1/cases/:id`) and never the address, which may hold keys, receipts and pictures' addresses.
 */
export class RequestLog {
  /** Whether every request has its line; it is then written when the answer is out. */
  readonly tellsAll: boolean;

  constructor(readonly sink: FastifyBaseLogger) {
    this.tellsAll = sink.level === 'debug' || sink.level === 'trace';
  }

  /** The line of a request that was answered with this status. */
  answered(request: FastifyRequest, status: number): void {
    const ms = Math.round((performance.now() - request.arrivedAt) * 10) / 10;
    const line = { ...routeOf(request), status, ms, requestId: request.id };
    this.sink[status >= 500 ? 'info' : 'debug'](line, 'request');
  }

  /** An error that nobody expected, with its stack; called once for each. */
  unexpected(request: FastifyRequest, error: unknown): void {
    this.sink.error({ ...routeOf(request), requestId: request.id, err: error }, 'request failed');
  }
}

function routeOf(request: FastifyRequest): { method: string; route: string | null } {
  return { method: request.method, route: request.is404 ? null : (request.routeOptions.url ?? null) };
}

/**
 * What Fastify has to say itself. Its own lines hold the address of the request, and a logger per request costs more than
 * many a request: so it gets none, and what goes wrong while an answer is on its way comes here.
 */
export class FrameworkLog extends LogController {
  constructor(private readonly log: RequestLog) {
    super({ disableRequestLogging: true });
  }

  override streamError(error: Error & { code?: string }, request: FastifyRequest): void {
    // The reader went away: nothing is wrong.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') this.log.unexpected(request, error);
  }

  override writeHeadError(error: Error, request: FastifyRequest): void {
    this.log.unexpected(request, error);
  }

  override serializerError(error: Error, request: FastifyRequest, _reply: FastifyReply): void {
    this.log.unexpected(request, error);
  }
}
