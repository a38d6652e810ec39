import { DataSource } from 'typeorm';
import { hashPassword } from '../../src/access/staff/passwords.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { createStaff } from '../../src/sites/create-staff.js';
import { DataDir } from '../../test/setup/data-dir.js';
import { keysOfDemonstration, ServiceProcess } from '../../test/setup/process.js';
import type { Description } from './doors.js';

const PASSWORD = 'three storks over the bay';

/** Somebody who signed in: what their browser sends. */
export type CookieHeaders = Readonly<Record<'Cookie' | 'Origin' | 'X-Vigie-CSRF', string>>;

/** A service of its own to attack, with its demonstration, and everything that opens its doors. */
export class Target {
  private accounts = 0;

  private constructor(
    private readonly dataDir: DataDir,
    readonly service: ServiceProcess,
    readonly origin: string,
    readonly keys: Readonly<Record<'publishableKey' | 'secretKey' | 'staffToken', string>>,
  ) {}

  /** Starts it, with an embedded Postgres in a new folder: limits off, so that attackers get to what is behind them. */
  static async start(): Promise<Target> {
    const dataDir = new DataDir();
    try {
      // Pictures are fetched: an attacker may try to choose from where.
      const service = await ServiceProcess.start({ DATA_DIR: dataDir.folder, FETCH_IMAGES: 'on' });
      const keys = await keysOfDemonstration(service);
      const publishableKey = /Publishable key +(\S+)/.exec(service.out)?.[1] ?? '';
      return new Target(dataDir, service, `http://127.0.0.1:${service.port}`, { ...keys, publishableKey });
    } catch (error) {
      dataDir.remove();
      throw error;
    }
  }

  /** Somebody of their own who signs in: what is done to one attacked account is not done to another. */
  async signIn(): Promise<CookieHeaders> {
    const email = `attacked-${(this.accounts += 1)}@example.ma`;
    await makeAdmin(this.dataDir.databaseUrl, email);
    const answer = await fetch(`${this.origin}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    const { csrfToken } = (await answer.json()) as { csrfToken?: string };
    const [cookie = ''] = answer.headers.get('set-cookie')?.split(';') ?? [];
    if (csrfToken === undefined || cookie === '') throw new Error(`not signed in: ${answer.status}`);
    return { Cookie: cookie, Origin: this.origin, 'X-Vigie-CSRF': csrfToken };
  }

  async description(): Promise<Description> {
    return (await (await fetch(`${this.origin}/v1/openapi.json`)).json()) as Description;
  }

  /** What it said since it started that is no greeting: errors that nobody expected. */
  get unexpected(): string[] {
    return `${this.service.out}\n${this.service.err}`
      .split('\n')
      .filter((line) => line.startsWith('{"level":"error"') || line.startsWith('{"level":"fatal"'));
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.dataDir.remove();
  }
}

async function makeAdmin(databaseUrl: string, email: string): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 1)).initialize();
  try {
    const credentials = { password: PASSWORD, hash: await hashPassword(PASSWORD) };
    await new Database(dataSource).inTransaction((tx) =>
      createStaff(tx, { email, admin: true }, credentials),
    );
  } finally {
    await dataSource.destroy();
  }
}
