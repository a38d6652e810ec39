import { setTimeout as pause } from 'node:timers/promises';

import pTimeout from 'p-timeout';
import type pg from 'pg';

import { openClusterFolder } from './cluster-folder.js';
import { sayThatCommandWorks, untilCommandsEnd } from './commands-beside.js';
import { prepareDataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import type { PostgresServer } from './postgres-server.js';
import { ensureDatabase } from './reach-postgres.js';
import { startOrAdopt, type Cluster } from './start-or-adopt.js';

export { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** A private Postgres under DATA_DIR, kept running until `stop`. */
export interface EmbeddedPostgres {
  /** Stays the same when the server is started again. */
  readonly url: string;
  /** Whether this process started the server; changes when an adopter must start its own. */
  readonly owner: boolean;
  /**
   * Stops the server after a checkpoint, once no command of another process works on it: a command waits for that, a service for some
   * seconds. Does nothing to a server that another process owns.
   */
  stop(): Promise<void>;
}

const LONGEST_PAUSE_MS = 5_000;

/** A service that stops has half a minute (docs/operations.md), of which Postgres may take half. Most commands end in less. */
const COMMANDS_END_WITHIN_MS = 10_000;

/**
 * Starts Postgres for this DATA_DIR, or adopts the one that another process runs there. When the server goes, for
 * whatever reason, it is started again: a pool on `url` sees failed connections for a moment and nothing else.
 * @param options.forCommand for an operator's command, which may be one of several on this server
 * @param options.commandsEndWithin milliseconds for which a service that stops waits for commands
 * @throws EmbeddedPostgresError with a sentence for whoever starts Vigie
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  log?: (line: string) => void;
  forCommand?: boolean;
  commandsEndWithin?: number;
}): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError('There is no embedded Postgres on Windows: set DATABASE_URL, or use WSL');
  }
  const folder = openClusterFolder(options.dataDir, log);
  const binaries = findPostgresBinaries(folder);
  const dataFolder = await prepareDataFolder(folder, binaries, log);
  const server = new KeptServer(
    { ...folder, dataFolder, postgres: binaries.postgres },
    log,
    options.forCommand ?? false,
    options.commandsEndWithin ?? COMMANDS_END_WITHIN_MS,
  );
  await server.begin();
  return server;
}

class KeptServer implements EmbeddedPostgres {
  readonly url: string;
  private own: PostgresServer | null = null;
  /** An adopter's connection, by which it notices that the server went. */
  private watch: pg.Client | null = null;
  private restarting: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly cluster: Cluster,
    private readonly log: (line: string) => void,
    private readonly forCommand: boolean,
    private readonly commandsEndWithin: number,
  ) {
    // The port is named because the driver would take another one from PGPORT.
    this.url = `postgresql://postgres@localhost:5432/vigie?host=${encodeURIComponent(cluster.socketFolder)}`;
  }

  get owner(): boolean {
    return this.own !== null;
  }

  /** `retries`: a server that was adopted while its owner was stopping it goes within the first statements. */
  async begin(retries = 5): Promise<void> {
    const { own, client } = await startOrAdopt(this.cluster, this.stopping.signal);
    try {
      await ensureDatabase(client);
      if (own === null && this.forCommand) await sayThatCommandWorks(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      await own?.stop();
      if (own === null && retries > 0) return this.begin(retries - 1);
      throw error;
    }
    this.own = own;
    if (own === null) {
      this.watch = client;
      client.once('end', () => this.restart());
    } else {
      await client.end();
      void own.exited.then(() => this.restart());
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.restarting;
    await this.watch?.end().catch(() => undefined);
    if (this.own !== null) await this.letCommandsEnd();
    await this.own?.stop();
  }

  private async letCommandsEnd(): Promise<void> {
    if (this.forCommand)
      return untilCommandsEnd(this.url, () =>
        this.log('Done. Another command works on the Postgres that this one started: waiting for its end.'),
      );
    const seconds = this.commandsEndWithin / 1_000;
    const ended = untilCommandsEnd(this.url, () =>
      this.log(`A command works on the embedded Postgres: waiting for its end, at most ${seconds} seconds.`),
    );
    await pTimeout(ended, { milliseconds: this.commandsEndWithin, fallback: () => undefined });
  }

  private restart(): void {
    if (this.stopping.signal.aborted) return;
    this.own = null;
    this.watch = null;
    this.log('The embedded Postgres went away: starting it again');
    this.restarting = this.untilStarted();
  }

  private async untilStarted(): Promise<void> {
    for (let wait = 100; !this.stopping.signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        await this.begin();
        this.log(`The embedded Postgres answers again, ${this.owner ? 'started here' : "another process's"}`);
        return;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.log(error instanceof Error ? error.message : String(error));
        await pause(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}
