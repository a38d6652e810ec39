import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemDetails } from '../contract/problem.js';
import { problems, tellFromZero } from '../telemetry/measures.js';
import { isUnexpected, PROBLEMS, toProblem } from './problems.js';
import { letPagesRead } from './readable-errors.js';
import type { RequestLog } from './request-log.js';

/** RFC 9457. JSON is UTF-8 by definition, so no charset. */
export const PROBLEM_TYPE = 'application/problem+json';

/** Seconds after which a caller of a service that is not available may try again. */
const RETRY_UNAVAILABLE = 1;

/** Answers an error, and logs it when nobody expected it. Does nothing when the answer has begun already. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: RequestLog,
): void {
  const problem = toProblem(error, request.id);
  if (isUnexpected(problem, error)) log.unexpected(request, error);
  if (problem.status >= 500 && !log.tellsAll) log.answered(request, problem.status);
  sendProblem(problem, reply);
}

const nameOf = (type: string): string => type.replace('/problems/', '');

tellFromZero(
  problems,
  'type',
  Object.values(PROBLEMS).map(({ type }) => nameOf(type)),
);

/** Every answer that is a problem is counted, by its type. */
export function countProblem({ type }: Pick<ProblemDetails, 'type'>): void {
  problems.inc({ type: nameOf(type) });
}

/** Sends a problem as it is. */
export function sendProblem(problem: ProblemDetails, reply: FastifyReply): void {
  if (reply.sent || reply.raw.headersSent) return;
  countProblem(problem);
  // What the handler had prepared for its own answer does not describe this one.
  reply.removeHeader('etag');
  reply.removeHeader('content-length');
  reply.header('cache-control', 'no-store');
  letPagesRead(reply);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  const retryAfter = problem.retryAfter ?? (problem.status === 503 ? RETRY_UNAVAILABLE : undefined);
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  reply.code(problem.status).header('content-type', PROBLEM_TYPE);
  // As text, so that a serializer of the route's own is not asked.
  reply.serializer((payload: string) => payload).send(JSON.stringify(problem));
}
