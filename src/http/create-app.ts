import type { IncomingMessage, ServerResponse } from 'node:http';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VigieConfig } from '../config/load-config.js';
import { activeTracing } from '../telemetry/tracing.js';
import { Adapter } from './adapter.js';
import { answerHeaders } from './answer-headers.js';
import { applyBodyLimit, DEFAULT_BODY_LIMIT } from './body-limit.js';
import { boundBodies } from './bound-bodies.js';
import { clientErrorAnswer } from './client-error.js';
import { LONGEST_PATH_PARAMETER } from './describe-requests.js';
import { doubtOf } from './doubtful-request.js';
import { readJsonBodies } from './json-body.js';
import { HealthController } from './health.controller.js';
import { makeLogger, NestLog, type LogDestination } from './logger.js';
import { measureRoute, traceRoute } from './measure-requests.js';
import { openApiDocument, setupOpenApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { problemOf } from './problems.js';
import { REQUEST_ID_HEADER, requestId } from './request-id.js';
import { FrameworkLog, RequestLog } from './request-log.js';
import { answerError, sendProblem } from './send-problem.js';
import { limitConnections, SERVER_LIMITS } from './server-limits.js';
import { STOPPING } from './stopping.js';
import { UNDECODABLE_QUERY, undecodableQuery } from './undecodable-query.js';
import { UnnamedProxy } from './unnamed-proxy.js';
import { ValidationPipe } from './validation.pipe.js';

@Module({})
class HttpModule {}

/** What createApp needs to know of the configuration. */
export type HttpConfig = Pick<VigieConfig, 'trustProxy' | 'logLevel' | 'publicUrl'> & {
  readonly feed: Pick<VigieConfig['feed'], 'maxStreams' | 'maxWaiting'>;
};

/**
 * The service around a module: Fastify, problems, validation, request ids, logs, health, API description. Ready for
 * `inject` and `listen`; whoever gets it closes it.
 *
 * @throws what a module throws while it starts, after closing what had started
 */
export async function createApp(
  module: DynamicModule | Type,
  config: HttpConfig,
  logDestination?: LogDestination,
): Promise<NestFastifyApplication> {
  const log = new RequestLog(makeLogger(config.logLevel, logDestination));
  const adapter = makeAdapter(config, log);
  const fastify = adapter.getInstance();
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: HttpModule, imports: [module], controllers: [HealthController] },
    adapter,
    {
      logger: new NestLog(log.sink),
      abortOnError: false,
      // Nest's parsers also take forms, and read JSON more slowly than Fastify's own.
      bodyParser: false,
    },
  );
  fastify.removeContentTypeParser('text/plain');
  readJsonBodies(fastify);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalPipes(new ValidationPipe());
  try {
    setupOpenApi(app);
    await app.init();
    await fastify.ready();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

/** Of what is only described nothing of the configuration shows. */
const NOT_ASKED: HttpConfig = {
  trustProxy: false,
  logLevel: 'silent',
  publicUrl: '',
  feed: { maxStreams: 0, maxWaiting: 0 },
};

/**
 * The description of the service around a module, without starting it: nothing of it is made, so no database is asked.
 */
export async function describeApp(module: DynamicModule | Type): Promise<OpenAPIObject> {
  const log = new RequestLog(makeLogger('silent'));
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: HttpModule, imports: [module], controllers: [HealthController] },
    makeAdapter(NOT_ASKED, log),
    { preview: true, logger: false, abortOnError: false },
  );
  return openApiDocument(app);
}

function makeAdapter({ trustProxy, publicUrl, feed }: HttpConfig, log: RequestLog): Adapter {
  const headers = answerHeaders(publicUrl);
  const adapter = new Adapter(
    {
      logController: new FrameworkLog(log),
      genReqId: requestId,
      bodyLimit: DEFAULT_BODY_LIMIT,
      // Both are JSON: the pipe refuses them as fields that there are not, and names them (read-request.ts, refuse-text.ts).
      onProtoPoisoning: 'ignore',
      onConstructorPoisoning: 'ignore',
      ...SERVER_LIMITS,
      trustProxy: proxiesToTrust(trustProxy),
      forceCloseConnections: 'idle',
      // Answered below, as a problem.
      return503OnClosing: false,
      routerOptions: { maxParamLength: LONGEST_PATH_PARAMETER },
      clientErrorHandler: clientErrorAnswer(headers),
      frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
        // The router gave up before any hook ran.
        reply.headers(headers).header(REQUEST_ID_HEADER, request.id);
        answerError(error, request, reply, log);
      },
    },
    log,
  );
  const fastify = adapter.getInstance();
  limitConnections(fastify.server, feed, log.sink);
  const unnamedProxy = trustProxy === false ? new UnnamedProxy(log.sink) : undefined;
  fastify.decorateRequest('arrivedAt', 0);
  fastify.decorateRequest('hasKnownKey', false);
  fastify.decorateRequest('span', null);
  fastify.addHook('onRoute', applyBodyLimit);
  fastify.addHook('onRoute', measureRoute);
  if (activeTracing() !== null) fastify.addHook('onRoute', traceRoute);
  // Who expects what there is not may be answered as if they did not (RFC 9110, 10.1.1). Node would refuse without a body.
  fastify.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    fastify.server.emit('request', request, response);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    request.arrivedAt = performance.now();
    unnamedProxy?.notice(request);
    reply.headers(headers).header(REQUEST_ID_HEADER, request.id);
    const doubt = doubtOf(request.raw);
    if (doubt !== undefined) return sendProblem(problemOf('BAD_REQUEST', request.id, doubt), reply);
    const errors = undecodableQuery(request.url);
    if (errors.length > 0) {
      const problem = problemOf('BAD_REQUEST', request.id, UNDECODABLE_QUERY);
      return sendProblem({ ...problem, errors }, reply);
    }
    if (adapter.isLeaving) reply.header('connection', 'close');
    if (!adapter.isStopping) return done();
    sendProblem(problemOf('UNAVAILABLE', request.id, STOPPING), reply);
  });
  fastify.addHook(
    'preParsing',
    boundBodies(({ ip }) => adapter.networkOf(ip)),
  );
  if (log.tellsAll) {
    fastify.addHook('onResponse', (request, reply, done) => {
      log.answered(request, reply.statusCode);
      done();
    });
  }
  return adapter;
}

/** A number is how many proxies stand in front of us, nearest first. */
function proxiesToTrust(given: HttpConfig['trustProxy']) {
  if (typeof given === 'number') return (_address: string, hop: number) => hop < given;
  return given === false ? false : [...given];
}
