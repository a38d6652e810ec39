import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded-postgres.js';
import { connected } from './connected.js';
import { cpuTimeOf, parentOf } from './cpu-time.js';

/** A new Postgres in a temporary folder, with the settings that Vigie's own has. */
export class DatabaseServer {
  private constructor(
    private readonly url: string,
    private readonly postmaster: number,
    readonly version: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** @throws Error when a commit would not be on the disk before it is answered */
  static async start(): Promise<DatabaseServer> {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'vigie-bench-'));
    // Passable for the user that Postgres runs as when this is root; the cluster's own folder stays closed.
    chmodSync(dataDir, 0o755);
    const removeFolder = () => rmSync(dataDir, { recursive: true, force: true });
    try {
      const embedded = await startEmbeddedPostgres({ dataDir });
      const end = async () => {
        await embedded.stop();
        removeFolder();
      };
      try {
        const facts = await factsOf(embedded.url);
        return new DatabaseServer(embedded.url, facts.postmaster, facts.version, end);
      } catch (error) {
        await end();
        throw error;
      }
    } catch (error) {
      removeFolder();
      throw error;
    }
  }

  /** An empty database; its URL. */
  async create(name: string): Promise<string> {
    await query(this.url, `create database ${name}`);
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  /** CPU time of all its processes until now, in microseconds. */
  cpuTime(): number {
    return cpuTimeOf(this.postmaster);
  }

  async stop(): Promise<void> {
    await this.end();
  }
}

/** The rows of a statement, over a connection of its own. */
export const query = <Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> =>
  connected(url, async (client) => (await client.query<Row>(statement)).rows);

const factsOf = (url: string): Promise<{ version: string; postmaster: number }> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ version: string; backend: number; fsync: string; commit: string }>(
      `select current_setting('server_version') as version, pg_backend_pid() as backend,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    const [facts] = rows;
    if (facts === undefined || facts.fsync !== 'on' || facts.commit !== 'on') {
      throw new Error('A benchmark of durable reports needs fsync and synchronous_commit on.');
    }
    // As long as the connection is open, its process has a parent.
    return { version: facts.version, postmaster: parentOf(facts.backend) };
  });
