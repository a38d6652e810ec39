import type { LoggerService } from '@nestjs/common';
import { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';
import { loggable } from './loggable.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Where log lines go; standard output unless told otherwise. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * One JSON object a line. Nothing of a request gets in by itself: addresses hold keys and pictures' addresses, and a
 * reader's network is never written down.
 */
export function loggerOptions(level: LogLevel, destination?: LogDestination) {
  return {
    level,
    base: null,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      req: (request: { method: string }) => ({ method: request.method }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
      err: (error: unknown) => loggable(error),
    },
    ...(destination === undefined ? {} : { stream: destination }),
  };
}

/** One line per request: at debug, at info when it failed here. Fastify's own lines have the address in them. */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // What matters is known when it is answered.
  }

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const level = reply.statusCode >= 500 ? 'info' : 'debug';
    if (!isLogged(request.log, level)) return;
    request.log[level](
      {
        ...routeOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        requestId: request.id,
      },
      'request',
    );
  }

  override routeNotFound(): void {
    // The line of the request says so.
  }
}

/** Logs an error that nobody expected, once, with its stack. */
export function logUnexpected(request: FastifyRequest, error: unknown): void {
  request.log.error({ ...routeOf(request), requestId: request.id, err: error }, 'request failed');
}

/** The pattern of the route (`/v1/cases/:id`), never the address. */
function routeOf(request: FastifyRequest): { method: string; route: string | null } {
  return { method: request.method, route: request.is404 ? null : (request.routeOptions.url ?? null) };
}

function isLogged(log: FastifyBaseLogger, level: 'info' | 'debug'): boolean {
  if (log.level === 'trace' || log.level === 'debug') return true;
  return level === 'info' && log.level === 'info';
}

/** Parts of the framework whose "info" is of interest to nobody but those who look for a mistake in the wiring. */
const WIRING = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's log lines, in the same stream and form. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: FastifyBaseLogger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    this.write(context !== undefined && WIRING.has(context) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = contextOf(rest);
    const error = [message, ...rest].find((part) => part instanceof Error);
    this.sink[level](
      { ...(context === undefined ? {} : { context }), ...(error === undefined ? {} : { err: error }) },
      textOf(message),
    );
  }
}

/** Nest passes the name of the part that speaks as the last argument. */
function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  return message instanceof Error ? message.name : (JSON.stringify(message) ?? typeof message);
}
