import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';

import type { ClusterFolder } from './cluster-folder.js';
import { SERVER_ENVIRONMENT } from './data-folder.js';

/** As much of what the server said as an error shows. */
const LAST_WORDS_BYTES = 4096;

/** A fast shutdown writes a checkpoint; past this the server is told to leave at once and recovers at its next start. */
const STOP_WITHIN_MS = 15_000;

/** No TCP port and no password: the socket's folder is closed to everybody else. */
const SETTINGS = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  max_connections: '100',
  // An acknowledged report is durable (I1).
  fsync: 'on',
  synchronous_commit: 'on',
  // Every page is written to the log whole when it first changes after a checkpoint. Among ten million votes nearly each vote
  // changes one that nobody touched since, and to compress it (pglz: the binaries have no other) took 257 us of a core a vote
  // and not 45, for 7 kB of log and not 11.
  wal_compression: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
};

/** One Postgres process that this Node process started, in a process group of its own. */
export class PostgresServer {
  /** Resolves when the process has ended, or could not be started. */
  readonly exited: Promise<void>;
  private said = '';
  private ended = false;

  constructor(private readonly child: ChildProcess) {
    this.exited = new Promise((resolve) => {
      const end = () => {
        this.ended = true;
        resolve();
      };
      child.once('exit', end);
      child.once('error', (error) => {
        this.said += error.message;
        end();
      });
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.said = (this.said + chunk.toString()).slice(-LAST_WORDS_BYTES);
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return !this.ended;
  }

  /** The end of what it logged. It may quote data, so it is for the start's errors only. */
  get lastWords(): string {
    return this.said.trim();
  }

  /** Fast shutdown: open transactions are rolled back, sessions closed, a checkpoint written. */
  async stop(): Promise<void> {
    if (!this.running) return;
    const impatience = setTimeout(() => this.child.kill('SIGQUIT'), STOP_WITHIN_MS);
    this.child.kill('SIGINT');
    await this.exited;
    clearTimeout(impatience);
  }
}

/**
 * Starts the server; it may not answer yet. Its life is tied to ours, however we end. `detached` keeps a terminal's
 * Ctrl-C from reaching it, so that Node finishes its work before the database goes.
 */
export function spawnPostgres(postgres: string, dataFolder: string, cluster: ClusterFolder): PostgresServer {
  const settings = { ...SETTINGS, unix_socket_directories: cluster.socketFolder };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [postgres, '-D', dataFolder, ...options];
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));
  // The kernel itself sends the signal when we die, even of kill -9.
  const tied = setpriv === undefined ? command : [setpriv, '--pdeathsig', 'INT', '--', ...command];
  const [file = postgres, ...rest] = tied;
  const child = spawn(file, rest, {
    ...cluster.user,
    env: SERVER_ENVIRONMENT,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const server = new PostgresServer(child);
  if (setpriv === undefined && child.pid !== undefined) stopAfterUs(child.pid, server, cluster);
  return server;
}

/** Without setpriv: a shell that waits for our end of a pipe to close, which it does however we end. */
function stopAfterUs(pid: number, server: PostgresServer, { user }: ClusterFolder): void {
  const guard = spawn('/bin/sh', ['-c', 'read -r nothing; kill -INT "$0"', String(pid)], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  void server.exited.then(() => guard.kill('SIGKILL'));
}
