import { WrongSecretError } from '../access/sealing/installation.js';
import { ConfigError } from '../config/config-error.js';
import { VigieError } from '../core/errors.js';
import { EmbeddedPostgresError } from '../database/embedded-postgres-error.js';
import { DatabaseNotEmptyError } from '../database/backup/load-tables.js';
import { DatabaseNotSupportedError } from '../database/migrate.js';
import {
  forbidden,
  isConnectionLost,
  isForbidden,
  isOutOfRoom,
  isPooled,
  isWrongUrl,
  pooled,
} from '../database/postgres-errors.js';

const EXPLAIN_THEMSELVES = [
  EmbeddedPostgresError,
  DatabaseNotEmptyError,
  DatabaseNotSupportedError,
  WrongSecretError,
];

/** An error in sentences for whoever typed the command, one per wrong field; never a stack. */
export function explainError(error: unknown): string[] {
  if (error instanceof ConfigError) return [...error.problems];
  if (error instanceof VigieError) {
    return error.fields.length > 0
      ? error.fields.map(({ pointer, detail }) => `${pointer.replace(/^\//, '') || 'input'}: ${detail}`)
      : [error.detail];
  }
  if (EXPLAIN_THEMSELVES.some((kind) => error instanceof kind)) return [(error as Error).message];
  const said = error instanceof Error && error.message !== '' ? error.message : String(error);
  const [sentence = said] = said.split('\n');
  if (isForbidden(error)) return [forbidden(sentence)];
  if (isPooled(error)) return [pooled(sentence)];
  if (isOutOfRoom(error)) {
    return [`Postgres has no room (${sentence}): make some where it runs, and try again.`];
  }
  if (isConnectionLost(error) || isWrongUrl(error)) {
    return [`Postgres can't be reached (${sentence}): check DATABASE_URL, and that the server runs.`];
  }
  return [`Something went wrong: ${sentence}`];
}
