import { readdirSync, readFileSync } from 'node:fs';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { DataDir } from '../../test/setup/data-dir.js';
import type { Seeded } from '../../test/setup/seeded.js';
import { until } from '../../test/setup/until.js';

/** A Postgres that may be killed: it is started again whenever it ended, as a service manager does. */
export class OwnPostgres {
  private constructor(
    private readonly data: DataDir,
    private readonly server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const data = new DataDir();
    try {
      return new OwnPostgres(data, await startEmbeddedPostgres({ dataDir: data.folder }));
    } catch (error) {
      data.remove();
      throw error;
    }
  }

  /** By its socket, without any proxy. */
  get url(): string {
    return this.data.databaseUrl;
  }

  /** Resolves when it is gone. SIGKILL leaves its backends to notice by themselves; SIGQUIT is an immediate shutdown, SIGINT a fast one. */
  async end(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const pid = await this.pid();
    send(pid, signal);
    await until(
      () => this.data.serverPid() !== pid,
      () => `Postgres to be gone after ${signal}`,
    );
  }

  /** SIGKILL of one of its processes: it ends all others, and recovers. */
  async crash(seeded: Seeded): Promise<void> {
    const children = childrenOf(await this.pid());
    const victim = children[seeded.below(children.length)];
    if (victim !== undefined) send(victim, 'SIGKILL');
  }

  /** All of its processes take what is sent, and answer nothing. */
  async stop(): Promise<void> {
    const pid = await this.pid();
    // The first one first, so that it starts no more.
    send(pid, 'SIGSTOP');
    for (const child of childrenOf(pid)) send(child, 'SIGSTOP');
  }

  async goOn(): Promise<void> {
    const pid = await this.pid();
    for (const child of childrenOf(pid)) send(child, 'SIGCONT');
    send(pid, 'SIGCONT');
  }

  async close(): Promise<void> {
    await this.server.stop();
    this.data.remove();
  }

  /** Of the server, once there is one: it may be on its way back from the last fault. */
  private async pid(): Promise<number> {
    let pid: number | null = null;
    await until(
      () => (pid = this.data.serverPid()) !== null,
      () => 'a Postgres to hit',
    );
    return pid ?? 0;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile.
  }
}

/** Only where there is /proc; elsewhere none is found, and the server alone is hit. */
function childrenOf(parent: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => parentOf(pid) === parent);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | null {
  try {
    const [, rest = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return Number(rest.split(' ')[1]);
  } catch {
    return null;
  }
}
