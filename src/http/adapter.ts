import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { KnownRoutes } from './known-routes.js';
import { problemOf } from './problems.js';
import { answerError, sendProblem } from './send-problem.js';

/** Nest's adapter, with answers of ours where it has its own: unknown routes, errors of Fastify, requests at the end. */
export class Adapter extends FastifyAdapter {
  private stopping = false;

  constructor(
    options: FastifyServerOptions,
    private readonly routes: KnownRoutes,
  ) {
    // No part of the service is a middleware or takes files.
    super({ ...options, skipMiddie: true, multipart: false });
  }

  /** Nest hands over what it would do; ours says 405 where only the method is wrong. */
  override setNotFoundHandler() {
    return this.getInstance().setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
      const path = request.url.split('?', 1)[0] ?? '';
      const methods = this.routes.methodsOf(path);
      if (methods.length === 0 || methods.includes(request.method)) {
        return sendProblem(problemOf('NOT_FOUND', request.id), reply);
      }
      reply.header('allow', methods.join(', '));
      return sendProblem(problemOf('METHOD_NOT_ALLOWED', request.id), reply);
    });
  }

  override setErrorHandler() {
    return this.getInstance().setErrorHandler(
      (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
        answerError(error, request, reply);
      },
    );
  }

  /** From here on new requests are refused, so that the balancer sends them elsewhere; those under way are finished. */
  override beforeClose(): void {
    super.beforeClose();
    this.stopping = true;
  }

  /** Whether the service is being stopped. */
  get isStopping(): boolean {
    return this.stopping;
  }
}
