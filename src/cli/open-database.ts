import { checkInstallation } from '../access/sealing/installation.js';
import { Sealed } from '../access/sealing/sealed.js';
import { loadConfig, type VigieConfig } from '../config/load-config.js';
import { loadSecret } from '../config/secret.js';
import type { Database } from '../database/database.js';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { migrate } from '../database/migrate.js';
import { usingDatabase } from '../database/using-database.js';
import type { Cli } from './cli.js';

/** The database of this installation, as a command works with it. */
export interface OpenDatabase {
  readonly config: VigieConfig;
  readonly secret: Buffer;
  readonly sealed: Sealed;
  readonly database: Database;
}

/** A server that answers: the one of DATABASE_URL, or the embedded one. */
export interface ReachedServer {
  readonly url: string;
  /** Stops the server if this process started it; one that a service runs stays. */
  release(): Promise<void>;
}

/** Reaches the server of DATABASE_URL, or starts or adopts the embedded one. */
export async function reachServer(config: VigieConfig, cli: Cli): Promise<ReachedServer> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl, release: () => Promise.resolve() };
  const embedded = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (line) => cli.tell(line),
    forCommand: true,
  });
  return { url: embedded.url, release: () => embedded.stop() };
}

/**
 * Runs `work` on this installation's database, migrated and with the right secret; beside a running service too.
 *
 * @throws ConfigError, EmbeddedPostgresError, DatabaseNotSupportedError, WrongSecretError, and what `work` throws
 */
export async function withDatabase<T>(cli: Cli, work: (open: OpenDatabase) => Promise<T>): Promise<T> {
  const config = loadConfig(cli.env);
  const server = await reachServer(config, cli);
  try {
    await migrate(server.url, (line) => cli.tell(line));
    const secret = loadSecret(config, cli.env);
    return await usingDatabase(server.url, config.database, async (database) => {
      await checkInstallation(database, secret);
      return work({ config, secret, sealed: new Sealed(secret), database });
    });
  } finally {
    await server.release();
  }
}
