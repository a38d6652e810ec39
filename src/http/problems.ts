import { HttpException } from '@nestjs/common';
import type { ProblemDetails } from '../contract/problem.js';
import { VigieError, type ErrorCode } from '../core/errors.js';
import { isConnectionLost, isOutOfRoom, isTransient } from '../database/postgres-errors.js';

/** What the protocol itself can refuse, before any rule of ours is asked. */
type ProtocolCode =
  | 'BAD_REQUEST'
  | 'MALFORMED'
  | 'METHOD_NOT_ALLOWED'
  | 'TIMEOUT'
  | 'TOO_LARGE'
  | 'ADDRESS_TOO_LONG'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'HEADERS_TOO_LARGE'
  | 'INTERNAL';

export type ProblemCode = ErrorCode | ProtocolCode;

/** A kind of error: `type` and `status` are part of the contract; `detail` is used where the error says none. */
export interface ProblemKind {
  readonly type: `/problems/${string}`;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

const kind = (name: string, status: number, title: string, detail: string): ProblemKind => ({
  type: `/problems/${name}`,
  status,
  title,
  detail,
});

/** Which status each code is: the only place that knows. */
export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  INVALID: kind(
    'invalid',
    422,
    'Some fields are not valid',
    'Correct the fields that are listed in "errors" and send the request again.',
  ),
  UNAUTHENTICATED: kind(
    'unauthenticated',
    401,
    'Not signed in',
    'Send a key that is valid: Authorization: Bearer <key>.',
  ),
  FORBIDDEN: kind('forbidden', 403, 'Not allowed', 'This key may not do that.'),
  NOT_FOUND: kind('not-found', 404, 'Not found', 'There is nothing at this address.'),
  CONFLICT: kind('conflict', 409, 'In conflict with the present state', 'Read it again, then decide.'),
  CASE_CONFLICT: kind('case-conflict', 409, 'The case has changed', 'Read the case again, then decide.'),
  CURSOR_EXPIRED: kind(
    'cursor-expired',
    410,
    'The cursor is not good any more',
    'Take the block list again (GET /v1/blocklist), and continue from its Vigie-Cursor.',
  ),
  GONE: kind('gone', 410, 'Not there any more', 'Take its address anew from where you had it.'),
  SECRET_IN_ADDRESS: kind(
    'secret-in-address',
    400,
    'A secret does not belong into an address',
    'Addresses end up in logs: send this key as Authorization: Bearer <key>, and replace it.',
  ),
  UNAVAILABLE: kind('unavailable', 503, 'Not available now', 'Send the request again in a second.'),
  BAD_REQUEST: kind('bad-request', 400, 'Bad request', 'The request can not be read.'),
  MALFORMED: kind(
    'malformed',
    400,
    'The body is not valid JSON',
    'Send one valid JSON text, in UTF-8, as the body.',
  ),
  METHOD_NOT_ALLOWED: kind(
    'method-not-allowed',
    405,
    'Wrong method',
    'The header Allow names the methods that this address knows.',
  ),
  TIMEOUT: kind('timeout', 408, 'The request took too long', 'Send the whole request without pauses.'),
  TOO_LARGE: kind(
    'too-large',
    413,
    'The body is too large',
    'Send less at once: the body is larger than this address takes.',
  ),
  ADDRESS_TOO_LONG: kind('address-too-long', 414, 'The address is too long', 'Shorten the address.'),
  UNSUPPORTED_MEDIA_TYPE: kind(
    'unsupported-media-type',
    415,
    'Not JSON',
    'Send JSON as it is: with the header Content-Type: application/json, and without Content-Encoding.',
  ),
  RATE_LIMITED: kind('rate-limited', 429, 'Too many requests', 'Wait as long as Retry-After says.'),
  HEADERS_TOO_LARGE: kind('headers-too-large', 431, 'The headers are too large', 'Send fewer headers.'),
  INTERNAL: kind(
    'internal',
    500,
    'Something went wrong here',
    'It is not your fault. Name the "instance" when you report it.',
  ),
};

const BY_STATUS: ReadonlyMap<number, ProblemCode> = new Map([
  [400, 'BAD_REQUEST'],
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_NOT_ALLOWED'],
  [408, 'TIMEOUT'],
  [409, 'CONFLICT'],
  [410, 'CURSOR_EXPIRED'],
  [413, 'TOO_LARGE'],
  [414, 'ADDRESS_TOO_LONG'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
  [422, 'INVALID'],
  [429, 'RATE_LIMITED'],
  [431, 'HEADERS_TOO_LARGE'],
  [503, 'UNAVAILABLE'],
]);

const EMPTY_BODY = 'The body is empty, yet Content-Type announces JSON: send {} or leave that header out.';

/** The router decodes the path alone: the query is asked in undecodable-query.ts. */
const BAD_PATH = 'The address can not be read: percent-encode its path as UTF-8, and a percent sign as %25.';

/** The problem of a code, for where no error was thrown. */
export const problemOf = (code: ProblemCode, requestId: string, detail?: string): ProblemDetails => ({
  type: PROBLEMS[code].type,
  title: PROBLEMS[code].title,
  status: PROBLEMS[code].status,
  detail: detail ?? PROBLEMS[code].detail,
  instance: requestId,
});

/**
 * What the caller is told of an error. Only a VigieError speaks for itself; of everything else the caller learns the
 * kind, in our words: messages of libraries may hold parts of a statement, a path, or somebody else's data.
 */
export function toProblem(error: unknown, requestId: string): ProblemDetails {
  if (error instanceof VigieError) {
    return {
      ...error.extra,
      ...problemOf(error.code, requestId, error.detail),
      ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    };
  }
  const cause = error instanceof HttpException && error.cause !== undefined ? error.cause : error;
  if (codeOf(cause) === 'FST_ERR_BAD_URL') return problemOf('BAD_REQUEST', requestId, BAD_PATH);
  if (codeOf(cause) === 'FST_ERR_CTP_EMPTY_JSON_BODY') return problemOf('MALFORMED', requestId, EMPTY_BODY);
  return problemOf(protocolCode(cause), requestId);
}

/**
 * Whether an error is none of the caller's doing and none that was expected, or one that ends only when an operator makes room:
 * to be logged with its stack.
 */
export const isUnexpected = (problem: ProblemDetails, error: unknown): boolean =>
  problem.type === PROBLEMS.INTERNAL.type || isOutOfRoom(error);

function protocolCode(error: unknown): ProblemCode {
  const status = statusOf(error);
  if (status === undefined && [isConnectionLost, isTransient, isOutOfRoom].some((is) => is(error))) {
    return 'UNAVAILABLE';
  }
  // The only errors of syntax with a status are those of the body's parser.
  if (status === 400 && (error instanceof SyntaxError || codeOf(error) === 'FST_ERR_CTP_INVALID_JSON_BODY')) {
    return 'MALFORMED';
  }
  if (status === undefined) return 'INTERNAL';
  return BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') {
    return undefined;
  }
  // Other libraries' errors have a status too (of a call to somebody else, say): only the framework's counts. It gives
  // 400 to a body that is no JSON, and to one whose sender went away in the middle of it.
  const code = codeOf(error);
  const ofFramework =
    code?.startsWith('FST_') === true || error instanceof SyntaxError || code === 'ECONNRESET';
  return ofFramework ? error.statusCode : undefined;
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
