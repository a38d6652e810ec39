import { QueryRunnerAlreadyReleasedError } from 'typeorm';

const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  return typeof code === 'string' ? code : codeOf(driverError);
};

/** Thrown by work that found the ground moved between two of its statements, and should be run again. */
export class RetryTransaction extends Error {
  override readonly name = 'RetryTransaction';
}

/** Who meets one of these was overtaken by somebody who made the same thing, and finds it when they look again. */
const MADE_MEANWHILE = ['image_key'];

/** Another transaction won (deadlock, serialization, the same image made); the same work may succeed when run again. */
export const isTransient = (error: unknown): boolean =>
  error instanceof RetryTransaction ||
  ['40P01', '40001'].includes(codeOf(error) ?? '') ||
  (isUniqueViolation(error) && MADE_MEANWHILE.includes((error as { constraint?: string }).constraint ?? ''));

/** A unique constraint refused a row. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** Classes of errors that say what is wrong with a value: data exception, constraint, limit of the program. */
const OF_VALUES = ['22', '23', '54'];

/** A value is not one that the tables take: the same work fails each time, and without that value it succeeds. */
export const isRefusedValue = (error: unknown): boolean =>
  !isTransient(error) && OF_VALUES.includes(codeOf(error)?.slice(0, 2) ?? '');

const LOST = [
  // No writes are taken: after a failover it is a standby.
  '25006',
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

/** Postgres is out of reach, shutting down, a standby, or out of connections: nothing is wrong with the work itself. */
export const isConnectionLost = (error: unknown): boolean => {
  const code = codeOf(error);
  if (code !== undefined) return LOST.includes(code) || code.startsWith('08');
  // TypeORM gives a connection back as soon as it is lost: whoever was not asking just then hears of that alone.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  return (
    error instanceof Error &&
    /terminated|timeout exceeded when trying to connect|query read timeout|not queryable/i.test(error.message)
  );
};

/** No such host, database or user, wrong password. */
const WRONG_URL = ['ENOTFOUND', 'EAI_AGAIN', '3D000', '28000', '28P01'];
/** What the driver says without a code: no password given where one is asked for, no TLS where it is wanted. */
const WRONG_URL_WITHOUT_CODE = /^SASL:|SSL connections|certificate/;

/** The way to Postgres, or who asks there, is not what DATABASE_URL says: it is asked again in vain. */
export const isWrongUrl = (error: unknown): boolean =>
  WRONG_URL.includes(codeOf(error) ?? '') ||
  (error instanceof Error && WRONG_URL_WITHOUT_CODE.test(error.message));

/** Disk full, out of memory. */
const OUT_OF_ROOM = ['53100', '53200'];

/** Postgres has no room for what is to be done, on its disk or in its memory: the same work succeeds once there is some. */
export const isOutOfRoom = (error: unknown): boolean => OUT_OF_ROOM.includes(codeOf(error) ?? '');

/** Postgres, or the way to it, is the reason: not the work itself, nor anything else on this machine. */
export const isFromDatabase = (error: unknown): boolean =>
  error instanceof RetryTransaction ||
  isConnectionLost(error) ||
  (typeof error === 'object' && error !== null && ('driverError' in error || 'severity' in error));

/** The role may not do that. */
export const isForbidden = (error: unknown): boolean => codeOf(error) === '42501';

/** What to do about that. @param said by Postgres */
export const forbidden = (said: string): string =>
  `The user in DATABASE_URL may not do what Vigie needs (${said}): let it make tables, or name another user.`;

/** A prepared statement that is there already, or is not: of a connection that others have, too. */
export const isPooled = (error: unknown): boolean => ['42P05', '26000'].includes(codeOf(error) ?? '');

/** What to do about that. @param said by Postgres */
export const pooled = (said: string): string =>
  `DATABASE_URL leads to a pooler that shares connections between transactions (${said}): set DATABASE_SESSION_POOLING=off.`;

/** The statement took longer than it may (statement_timeout). */
export const isTooSlow = (error: unknown): boolean => codeOf(error) === '57014';
