import { WrongSecretError } from './access/sealing/installation.js';
import { ConfigError } from './config/config-error.js';
import type { VigieConfig } from './config/load-config.js';
import { DatabaseNotSupportedError } from './database/migrate.js';
import { EmbeddedPostgresError } from './database/embedded-postgres-error.js';
import { MetricsPortError } from './metrics/metrics-port.js';
import {
  forbidden,
  isConnectionLost,
  isForbidden,
  isPooled,
  isWrongUrl,
  pooled,
} from './database/postgres-errors.js';
import { NotBuiltError } from './http/built-file.js';

const EXPLAIN_THEMSELVES = [
  ConfigError,
  WrongSecretError,
  EmbeddedPostgresError,
  DatabaseNotSupportedError,
  MetricsPortError,
  NotBuiltError,
];

/**
 * Why the service could not be started. What a person can mend is told in a sentence; everything else is a defect, and
 * keeps its stack.
 *
 * @param databaseUrl null: the embedded Postgres
 */
export function explainStart(error: unknown, databaseUrl: string | null): string {
  if (EXPLAIN_THEMSELVES.some((kind) => error instanceof kind)) return (error as Error).message;
  if (databaseUrl !== null && error instanceof Error) {
    const { code = '' } = error as { code?: string };
    const reason = error.message === '' ? code : error.message;
    if (isForbidden(error)) return forbidden(reason);
    if (isPooled(error)) return pooled(reason);
    if (isConnectionLost(error) || isWrongUrl(error)) {
      return `The database in DATABASE_URL is out of reach (${reason}): start it, or correct DATABASE_URL.`;
    }
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Why the service could not listen, in a sentence. */
export function explainListen(error: unknown, { host, port }: Pick<VigieConfig, 'host' | 'port'>): string {
  const { code, message } = error as { code?: string; message?: string };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program: stop it, or set PORT.`;
    case 'EACCES':
      return `This user may not listen on port ${port}: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine: set HOST to one, or to 0.0.0.0 for all of them.`;
    default:
      return `Vigie can't listen on ${host}, port ${port} (${message ?? String(error)}): set HOST and PORT.`;
  }
}
