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

/**
 * Causes of refusals that staff can meet, where one code may have several. Stable, since programs read them; the console
 * has a text for each in every language (`problem.why` in its texts).
 */
export const STAFF_WHYS = [
  'account-changed',
  'account-closed',
  'endpoint-disabled',
  'escalated',
  'foreign-page',
  'has-account',
  'has-password',
  'has-second-factor',
  'job-done',
  'last-admin',
  'last-lead',
  'merged',
  'needs-admin',
  'newer-case',
  'newer-content',
  'no-password',
  'not-latest',
  'not-yours',
  'operator-only',
  'other-role',
  'other-session',
  'own-account',
  'own-link',
  'password-changed',
  'rule-changed',
  'second-factor-required',
  'set-up-over',
  'signed-in',
  'slug-taken',
  'too-long-to-count',
  'too-many-endpoints',
  'too-many-keys',
  'too-much-to-play',
  'unknown-time-zone',
] as const;

/** Causes that visitors of the demonstration can meet, which says them itself. */
export type DemoWhy = 'nothing-to-undo' | 'answered-since' | 'changed' | 'no-administrator';

/** Why something was refused, in a word for programs. `forgotten`: a reader's, who has been. */
export type Why = (typeof STAFF_WHYS)[number] | DemoWhy | 'forgotten';

/** A refusal that says its cause. `extra`: what else the caller may learn of it. */
export const refused = (
  code: ErrorCode,
  why: Why,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): VigieError => new VigieError(code, detail, [], { why, ...extra });

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
