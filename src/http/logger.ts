import type { LoggerService } from '@nestjs/common';
import { fastify, type FastifyBaseLogger } from 'fastify';
import { loggable } from './loggable.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Where log lines go; standard output unless told otherwise. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * A logger that writes one JSON object a line. Nothing of a request gets in by itself: addresses hold keys and pictures'
 * addresses, and a reader's network is never written down.
 */
export function makeLogger(level: LogLevel, destination?: LogDestination): FastifyBaseLogger {
  // Fastify brings the logger with it.
  const { log } = fastify({
    logger: {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
      serializers: { err: (error: unknown) => loggable(error) },
      ...(destination === undefined ? {} : { stream: destination }),
    },
  });
  return log;
}

/** Parts of the framework whose "info" is of interest to nobody but those who look for a mistake in the wiring. */
const WIRING = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

type Level = Exclude<LogLevel, 'silent'>;

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

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
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
