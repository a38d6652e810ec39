import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { describeWhere } from './describe-where.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

const hasServer = ((): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const given = process.env['REDIS_URL'];
const HOW =
  'install redis-server (Debian: apt-get install redis-server), or for those that do not stop Redis set REDIS_URL';

/**
 * `describe` for tests that need a Redis: skipped, in words, where there is none; with CI=true they fail.
 *
 * @param needs `any`: that of REDIS_URL will do; `own`: one that may be stopped and emptied, which takes redis-server
 */
export function describeWithRedis(needs: 'any' | 'own', name: string, tests: () => void): void {
  const isThere = hasServer || (needs === 'any' && given !== undefined);
  describeWhere(isThere, { what: 'Redis', how: HOW }, name, tests);
}

/** A Redis for tests. */
export class TestRedis {
  private child: ChildProcess | null = null;

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  /** The one of REDIS_URL, else one of its own. */
  static async any(): Promise<{ readonly url: string; close(): Promise<void> }> {
    return given === undefined ? TestRedis.start() : { url: given, close: () => Promise.resolve() };
  }

  static async start(): Promise<TestRedis> {
    const redis = await TestRedis.absent();
    await redis.up();
    return redis;
  }

  /** Not started yet. */
  static async absent(): Promise<TestRedis> {
    const port = await freePort();
    return new TestRedis(
      `redis://127.0.0.1:${port}`,
      port,
      mkdtempSync(path.join(os.tmpdir(), 'vigie-redis-')),
    );
  }

  /** Starts it, empty, and waits until it answers. */
  async up(): Promise<void> {
    const child = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--dir', this.folder],
      { stdio: 'ignore' },
    );
    this.child = child;
    await until(
      () => child.exitCode !== null || this.answers(),
      () => 'redis-server',
    );
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
  }

  /** Ends it, by default as a crash does; what it held is gone. */
  async down(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** From here on it takes what is sent and answers nothing. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async flush(): Promise<void> {
    await this.ask((client) => client.flushall());
  }

  /** How many keys it holds. */
  keys(): Promise<number> {
    return this.ask((client) => client.dbsize());
  }

  /** Who is connected under this name: Redis' numbers of them. */
  async clients(name: string): Promise<string[]> {
    const list = await this.ask((client) => client.client('LIST'));
    return String(list)
      .split('\n')
      .filter((line) => line.includes(` name=${name} `))
      .map((line) => line.slice(0, line.indexOf(' ')));
  }

  async close(): Promise<void> {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private answers(): Promise<boolean> {
    return this.ask((client) => client.ping()).then(
      () => true,
      () => false,
    );
  }

  private async ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(this.url, {
      lazyConnect: true,
      disconnectTimeout: 100,
      retryStrategy: () => null,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await question(client);
    } finally {
      client.disconnect();
    }
  }
}
