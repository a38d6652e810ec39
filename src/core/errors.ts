/**
 * What can go wrong that a caller must be told. `http/` alone knows which status each code is
 * (src/http/problems.ts); everything else throws or returns these.
 */
export type ErrorCode =
  | 'INVALID' // a field is wrong; `fields` says which
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'CASE_CONFLICT'
  | 'CURSOR_EXPIRED'
  | 'GONE' // it was there, and will not be there again
  | 'SECRET_IN_ADDRESS'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE';

/** A wrong field: a JSON pointer (RFC 6901) and a sentence that says what is expected. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** An expected failure with a stable code; `detail` and `extra` are safe to show to the caller. */
export class VigieError extends Error {
  override readonly name = 'VigieError';

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly fields: readonly FieldError[] = [],
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

/** One wrong field. */
export const invalid = (pointer: string, detail: string): VigieError =>
  new VigieError('INVALID', detail, [{ pointer, detail }]);

/** Used for what does not exist and for what belongs to another site alike, so that nothing is learned. */
export const notFound = (what: string): VigieError =>
  new VigieError('NOT_FOUND', `There is no such ${what}.`);

/**
 * Too many at once.
 *
 * @param seconds when it is worth trying again; rounded up to whole seconds, at least one
 */
export const rateLimited = (detail: string, seconds: number): VigieError =>
  new VigieError('RATE_LIMITED', detail, [], { retryAfter: Math.max(1, Math.ceil(seconds)) });
