import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastify, type FastifyHttpOptions, type FastifyReply, type FastifyRequest } from 'fastify';
import { KnownRoutes } from './known-routes.js';
import { measureUnknown } from './measure-requests.js';
import { problemOf } from './problems.js';
import type { RequestLog } from './request-log.js';
import { answerError, sendProblem } from './send-problem.js';

/** Milliseconds in which whoever comes during a stop must have asked for something, to be told that it is one. */
const LATE = 1_000;

/** Answers what no route knows, where a room has something better for it than the problem. @returns whether it did */
export type MissingAnswer = (request: FastifyRequest, reply: FastifyReply) => boolean | Promise<boolean>;

/** Nest's adapter, with answers of ours where it has its own: unknown routes, errors of Fastify, requests at the end. */
export class Adapter extends FastifyAdapter {
  private readonly routes = new KnownRoutes();
  private readonly sockets = new Set<Socket>();
  private leaving = false;
  private stopping = false;

  /** Asked in turn until one answers: who knows few addresses puts itself in front, who knows all at the end. */
  readonly missingAnswers: MissingAnswer[] = [];

  /** The network around an address, where each may have a share of something. The room that knows what networks are says it. */
  networkOf: (address: string | undefined) => string = (address = '') => address;

  constructor(
    options: FastifyHttpOptions<Server>,
    private readonly log: RequestLog,
  ) {
    const instance = fastify(options);
    // Nest's adapter adds seven hooks to every request, for CORS, versions and middleware that are not used here; they
    // cost a tenth of the time of a short request. (Measured on a route that answers 80 bytes.)
    const addHook = Object.getOwnPropertyDescriptor(instance, 'addHook') ?? {};
    instance.addHook = () => instance;
    super(instance);
    Object.defineProperty(instance, 'addHook', addHook);
    instance.addHook('onRoute', ({ url, method }) => this.routes.add(url, method));
    instance.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      if (this.stopping) setTimeout(() => dropUnlessAsked(socket), LATE).unref();
    });
  }

  /** No part of the service is a middleware; should one become it, Nest makes up for this. */
  override init(): Promise<void> {
    return Promise.resolve();
  }

  /** Nest hands over what it would do; ours says 405 where only the method is wrong. */
  override setNotFoundHandler() {
    return this.getInstance().setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
      const path = request.url.split('?', 1)[0] ?? '';
      const methods = this.routes.methodsOf(path);
      const isUnknown = methods.length === 0 || methods.includes(request.method);
      if (isUnknown) {
        for (const answer of this.missingAnswers) {
          if (!(await answer(request, reply))) continue;
          measureUnknown(request, reply.statusCode);
          return reply;
        }
      } else reply.header('allow', methods.join(', '));
      const problem = problemOf(isUnknown ? 'NOT_FOUND' : 'METHOD_NOT_ALLOWED', request.id);
      measureUnknown(request, problem.status);
      sendProblem(problem, reply);
      return reply;
    });
  }

  override setErrorHandler() {
    return this.getInstance().setErrorHandler(
      (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
        answerError(error, request, reply, this.log);
      },
    );
  }

  /** From here on it says that it is not ready, and answers all else; who keeps a connection is asked to come by another. */
  leave(): void {
    this.leaving = true;
  }

  /** From here on new requests are refused, so that the balancer sends them elsewhere; those under way are finished. */
  override beforeClose(): void {
    super.beforeClose();
    this.leaving = true;
    this.stopping = true;
    // Else a connection whose last answer was under way would keep the server open for more than a minute.
    this.getInstance().server.keepAliveTimeout = 1;
    // So would one on which nothing was asked: browsers and Node's fetch open some in advance, and Node does not count them
    // among the idle ones.
    for (const socket of this.sockets) dropUnlessAsked(socket);
  }

  /** Whether whoever can should ask another process. */
  get isLeaving(): boolean {
    return this.leaving;
  }

  /** Whether the service is being stopped. */
  get isStopping(): boolean {
    return this.stopping;
  }
}

function dropUnlessAsked(socket: Socket): void {
  if (socket.bytesRead === 0) socket.destroy();
}
