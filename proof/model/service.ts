import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { scopesOf } from '../../src/access/scopes.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { Neck } from '../../src/moderation/neck.js';
import { createStaff } from '../../src/sites/create-staff.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { BlockIndex } from '../../src/visibility/block-index.js';
import { memoryFolder } from '../../test/setup/memory-folder.js';
import { SECRET, ServiceProcess, stopProcesses } from '../../test/setup/process.js';
import { STAFF, type Staff } from './asked.js';

/** Somebody who may sign in. */
export interface Member {
  readonly email: string;
  readonly token: string;
}

/** Three people, for one world at a time. */
export type Team = Readonly<Record<Staff, Member>>;

/** The service in processes of its own on one database, with people who work there. */
export class ModelService {
  private constructor(
    readonly origins: readonly string[],
    readonly adminToken: string,
    readonly teams: readonly Team[],
    readonly pool: pg.Pool,
    /** What a worker would have the rules do. */
    readonly neck: Neck,
    readonly database: Database,
    private readonly end: () => Promise<void>,
  ) {}

  /** @param processes which share a database @param teams so many worlds are there at once */
  static async start(processes: number, teams: number): Promise<ModelService> {
    const dataDir = mkdtempSync(path.join(memoryFolder(), 'vigie-model-'));
    // Passable for the user that Postgres runs as when this is root; the cluster's own folder stays closed.
    chmodSync(dataDir, 0o755);
    const postgres = await startEmbeddedPostgres({ dataDir });
    const end = async (): Promise<void> => {
      await stopProcesses();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    };
    try {
      const env = {
        DATABASE_URL: postgres.url,
        VIGIE_SECRET: SECRET,
        DATA_DIR: path.join(dataDir, 'data'),
        // Times pass only when a command says so, so nothing else may happen with them.
        ROLE: 'api',
        TRUST_PROXY: '1',
        // In the middle between two and three of the quarters of an hour in which time passes.
        LEASE_SECONDS: '2250',
        LOG_LEVEL: 'error',
      };
      const first = await ServiceProcess.start(env);
      const others = await Promise.all(
        Array.from({ length: processes - 1 }, () => ServiceProcess.start(env)),
      );
      const origins = [first, ...others].map(({ port }) => `http://127.0.0.1:${port}`);
      const { admin, people } = await makeStaff(postgres.url, teams);
      const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
      const dataSource = await new DataSource(dataSourceOptions(postgres.url, 2)).initialize();
      const database = new Database(dataSource);
      const neck = new Neck(database, new BlockIndex(), { fetch: false });
      return new ModelService(origins, admin, people, pool, neck, database, async () => {
        await dataSource.destroy();
        await pool.end();
        await end();
      });
    } catch (error) {
      await end();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.end();
  }
}

async function makeStaff(url: string, teams: number): Promise<{ admin: string; people: Team[] }> {
  const dataSource = await new DataSource(dataSourceOptions(url, 2)).initialize();
  try {
    return await new Database(dataSource).inTransaction(async (tx) => {
      const make = async (email: string, role: 'admin' | 'lead'): Promise<Member> => {
        const account = { email, admin: role === 'admin' };
        const { staff } = await createStaff(tx, account, { password: '-', hash: '-' });
        const scopes = scopesOf(role);
        const request = { staffId: staff.id, name: '', scopes, days: 1 };
        return { email, token: (await issueToken(tx, request, { scopes, staffId: null })).token };
      };
      const people: Team[] = [];
      for (let team = 0; team < teams; team += 1) {
        const members = {} as Record<Staff, Member>;
        for (const name of STAFF) members[name] = await make(`${name}@team-${team}.ma`, 'lead');
        people.push(members);
      }
      return { admin: (await make('admin@vigie.ma', 'admin')).token, people };
    });
  } finally {
    await dataSource.destroy();
  }
}
