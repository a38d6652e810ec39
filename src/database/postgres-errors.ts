const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  return typeof code === 'string' ? code : codeOf(driverError);
};

/** Thrown by work that found the ground moved between two of its statements, and should be run again. */
export class RetryTransaction extends Error {
  override readonly name = 'RetryTransaction';
}

/** Another transaction won (deadlock, serialization); the same work may succeed when it is run again. */
export const isTransient = (error: unknown): boolean =>
  error instanceof RetryTransaction || ['40P01', '40001'].includes(codeOf(error) ?? '');

/** A unique constraint refused a row. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

const LOST = [
  '25P03',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
];

/** Postgres is out of reach, shutting down, or out of connections: nothing is wrong with the work itself. */
export const isConnectionLost = (error: unknown): boolean => {
  const code = codeOf(error);
  if (code !== undefined) return LOST.includes(code) || code.startsWith('08');
  return (
    error instanceof Error &&
    /terminated|timeout exceeded when trying to connect|query read timeout|not queryable/i.test(error.message)
  );
};
