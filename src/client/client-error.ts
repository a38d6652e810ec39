/**
 * What went wrong: `UNREACHABLE` no answer, `SILENT` one that broke off without a word for too long, `REFUSED` an answer that is an error (`status`), `PROTOCOL` an answer that
 * can not be read, `TIMEOUT` no first state in time, `STORE` the store failed or held something else, `LISTENER` a
 * listener of yours threw, `CLOSED` the client was closed.
 */
export type ClientErrorCode =
  'UNREACHABLE' | 'SILENT' | 'REFUSED' | 'PROTOCOL' | 'TIMEOUT' | 'STORE' | 'LISTENER' | 'CLOSED';

export interface ErrorDetails {
  readonly cause?: unknown;
  readonly status?: number;
  readonly retryAfter?: number;
}

export class VigieClientError extends Error {
  override readonly name = 'VigieClientError';
  /** The HTTP status, when the service refused. */
  readonly status: number | undefined;
  /** Ms that the service asks to wait, if it does. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ClientErrorCode,
    message: string,
    { cause, status, retryAfter }: ErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Anything thrown, as one of ours. */
export const asClientError = (error: unknown, code: ClientErrorCode, what: string): VigieClientError =>
  error instanceof VigieClientError
    ? error
    : new VigieClientError(code, `${what}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
