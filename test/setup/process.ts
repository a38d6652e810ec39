import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { scopesOf } from '../../src/access/scopes.js';
import { projectRoot } from '../../src/config/project-root.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { createKey } from '../../src/sites/create-key.js';
import { createSite } from '../../src/sites/create-site.js';
import { createStaff } from '../../src/sites/create-staff.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { askLoopback, jsonOf } from './ask-loopback.js';
import { freePort } from './free-port.js';
import { noteBody, noteEnvironment, noteLog, noteSecret, noteText } from './log-watch.js';
import { until } from './until.js';

/** What the service answered. `body`: what its JSON holds. */
export interface ProcessAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** It was asked more than once, so that it may have been done the time before. */
  readonly repeated?: true;
}

/** What people ask: one process, or several behind a balancer. */
export type Asked = Pick<ServiceProcess, 'ask'>;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export const SECRET = 'a secret of the tests, long enough for anything';

/** A first start makes a cluster; under load and after a kill the server's recovery adds to it. */
const READY_WITHIN_MS = 60_000;

const running = new Set<ServiceProcess>();

/** The service as it is run in life: a process of its own, from dist/, asked over HTTP. */
export class ServiceProcess {
  out = '';
  err = '';
  /** When all that it said has been read. */
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  // One connection per request under way, kept: what a site's back end does.
  readonly agent = new Agent({ keepAlive: true, maxSockets: 100 });

  private constructor(
    readonly port: number,
    env: NodeJS.ProcessEnv,
    words: readonly string[] = [],
  ) {
    // A process group of its own, as under a terminal, so that the whole group can be interrupted.
    this.child = spawn(process.execPath, [builtFile('main.js'), ...words], {
      env: environment({ PORT: String(port), ...env }),
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
    noteEnvironment(env);
    running.add(this);
    void this.exited.then(() => {
      running.delete(this);
      this.agent.destroy();
      this.noteWhatItSaid();
    });
  }

  /** Starts and waits for nothing: for starts that fail. PORT is a free one unless `env` names it. */
  static async spawn(env: NodeJS.ProcessEnv, ...words: string[]): Promise<ServiceProcess> {
    return new ServiceProcess(env['PORT'] === undefined ? await freePort() : Number(env['PORT']), env, words);
  }

  /** Starts, and waits until it says that it is ready. */
  static async start(env: NodeJS.ProcessEnv): Promise<ServiceProcess> {
    const service = await ServiceProcess.spawn(env);
    await service.ready();
    return service;
  }

  async ready(): Promise<void> {
    const isReady = () =>
      this.ask('GET', '/health/ready').then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(
      async () => this.over || (await isReady()),
      () => `a service that is ready; it said: ${this.err}`,
      READY_WITHIN_MS,
    );
    if (this.over) throw new Error(`The service ended before it was ready. It said: ${this.err}`);
  }

  /** What it printed for whoever starts it is no log; all else is. */
  private noteWhatItSaid(): void {
    const lines = this.out.split('\n');
    noteText(lines.filter((line) => !line.startsWith('{')).join('\n'));
    noteSecret('password', /password (\S+)/.exec(this.out)?.[1] ?? '');
    noteLog([...lines.filter((line) => line.startsWith('{')), this.err].join('\n'));
  }

  /** Has ended by itself or by a signal. */
  get over(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  /** Waits until it printed or logged this. */
  async says(text: string | RegExp): Promise<void> {
    const found = () => `${this.out}${this.err}`.search(text) >= 0;
    await until(
      () => found() || this.over,
      () => `"${text}", but it said: ${this.out}${this.err}`,
      READY_WITHIN_MS,
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** As Ctrl-C does. */
  interruptGroup(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  async stop(): Promise<Exit> {
    this.kill('SIGTERM');
    return this.exited;
  }

  /** Rejects when the connection ends before the whole answer was read. */
  async ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    address: string,
    key?: string,
    body?: unknown,
  ): Promise<ProcessAnswer> {
    noteText(key ?? '');
    noteBody(body);
    const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const { status, text } = await askLoopback(this, { method, address, headers, body });
    const answer = jsonOf(text);
    noteBody(answer);
    return { status, body: answer };
  }

  /** An account of the site reports an image. */
  report(secretKey: string, image: object, account: string, reason = 'violence'): Promise<ProcessAnswer> {
    return this.ask('POST', '/v1/reports', secretKey, { image, reason, reporter: { account } });
  }
}

/** Ends what a test left running. Call it in `afterEach` or `afterAll`. */
export async function stopProcesses(): Promise<void> {
  const left = [...running];
  for (const service of left) service.kill('SIGKILL');
  await Promise.all(left.map(({ exited }) => exited));
}

/** Runs an operator's command with --json in a process of its own; the JSON that it prints. */
export async function runCommand(
  env: NodeJS.ProcessEnv,
  ...words: string[]
): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [builtFile('cli.js'), ...words, '--json'], {
    env: environment(env),
    cwd: '/',
    maxBuffer: 64 << 20,
  }).catch((error: Error & { stdout: string; stderr: string }) => {
    error.message += `\n${error.stdout}${error.stderr}`;
    throw error;
  });
  return jsonOf(stdout.trim().split('\n').at(-1) ?? '');
}

/** Starts an operator's command in a process of its own, and waits for nothing: for those that are killed. */
export const spawnCommand = (env: NodeJS.ProcessEnv, ...words: string[]): ChildProcess =>
  spawn(process.execPath, [builtFile('cli.js'), ...words], {
    env: environment(env),
    cwd: '/',
    stdio: 'ignore',
  });

/** With what the site's back end and its staff ask. */
export interface Keys {
  readonly secretKey: string;
  readonly staffToken: string;
}

/** Makes the site `example`, straight in a migrated database: as a command would, and sooner. */
export async function makeSite(databaseUrl: string): Promise<Keys> {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 2)).initialize();
  try {
    return await new Database(dataSource).inTransaction(async (tx) => {
      const settings = { slug: 'example', name: 'Example', imageHosts: ['cdn.example.ma'] };
      const site = await createSite(tx, settings, { staffId: null, production: true });
      const { key: secretKey } = await createKey(tx, site.id, 'secret', '', null);
      const account = { email: 'admin@example.ma', admin: true };
      const { staff } = await createStaff(tx, account, { password: '-', hash: '-' });
      const scopes = scopesOf('admin');
      const request = { staffId: staff.id, name: '', scopes, days: 1 };
      const { token: staffToken } = await issueToken(tx, request, { scopes, staffId: null });
      return { secretKey, staffToken };
    });
  } finally {
    await dataSource.destroy();
  }
}

/** Those that a first start shows, as a newcomer reads them. */
export async function keysOfDemonstration(service: ServiceProcess): Promise<Keys> {
  await service.says('Reader signing secret');
  const shown = (name: string) => new RegExp(`${name} +(\\S+)`).exec(service.out)?.[1] ?? '';
  return { secretKey: shown('Secret key'), staffToken: shown('Staff token') };
}

/** Only what is given: the settings of whoever runs the tests are not theirs. */
const environment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'test',
  LOG_LEVEL: 'warn',
  // One address asks more here than any reader would. Production refuses this.
  ...(env['NODE_ENV'] === 'production' ? {} : { RATE_LIMITS: 'off' }),
  // What tests report is nowhere.
  FETCH_IMAGES: 'off',
  ...env,
});

export function builtFile(name: string): string {
  const file = path.join(projectRoot(), 'dist', 'service', name);
  if (!existsSync(file)) throw new Error(`${file} is not there: run "npm run build" first (npm test does)`);
  return file;
}
