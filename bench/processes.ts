import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/setup/free-port.js';
import type { LoadJob, LoadResult } from './requests.js';

const READY_WITHIN_MS = 60_000;
const READY_ASKED_EVERY_MS = 10;

/** As `npm start` and the image have them. Every server gets them, the bare and the plain one, too. */
const FLAGS = ['--max-semi-space-size=64', '--no-allocation-site-pretenuring'];

/** A compiled file, from where this one is: bench/ and src/ lie beside each other in dist/. */
const built = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const environment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], ...env });

/** Those that have not been stopped. */
const servers = new Set<ServerProcess>();

/** Stops all of them, for an end before the end. */
export const stopServers = async (): Promise<void> => {
  await Promise.all([...servers].map((server) => server.stop()));
};

/** A server in a process of its own, on a free port of the loopback. */
export class ServerProcess {
  private said = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** @param file compiled, relative to this one's; resolves when it answers */
  static async start(file: string, env: NodeJS.ProcessEnv): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [...FLAGS, built(file)], {
      env: environment({ PORT: String(port), NODE_ENV: 'production', ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`);
    servers.add(server);
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await server.isReady())) {
      if (child.exitCode !== null || performance.now() > deadline) {
        await server.stop();
        throw new Error(`${file} did not start. It said: ${server.said}`);
      }
      await pause(READY_ASKED_EVERY_MS);
    }
    return server;
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  async stop(): Promise<void> {
    await ended(this.child);
    servers.delete(this);
  }

  private isReady(): Promise<boolean> {
    return fetch(`${this.origin}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** The process that sends the load. */
export class LoadProcess {
  private readonly child = fork(built('load.js'), { env: environment({}) });

  async run(job: LoadJob): Promise<LoadResult> {
    this.child.send(job);
    const answer = await new Promise<LoadResult | { error: string }>((resolve) => {
      this.child.once('message', resolve as (answer: unknown) => void);
      this.child.once('exit', () => resolve({ error: 'The load process ended.' }));
    });
    this.child.removeAllListeners('exit');
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  async stop(): Promise<void> {
    await ended(this.child);
  }
}

/** Runs an operator's command of Vigie; the JSON that it prints. */
export async function runCommand(
  env: NodeJS.ProcessEnv,
  ...words: string[]
): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [built('../service/cli.js'), ...words, '--json'], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await once(child, 'close');
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

/** Ends a process gently, and after ten seconds at once. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await closed;
  clearTimeout(last);
}
