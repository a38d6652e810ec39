import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

import { transpileSources } from '../setup/transpile-sources.js';

/** Writes the program that `Launched` runs: a Node process that starts the embedded Postgres and tells how it goes. */
export function writeLauncher(): { program: string; remove: () => void } {
  const sources = transpileSources('database', 'config');
  const program = path.join(sources.folder, 'start.js');
  writeFileSync(
    program,
    `import { startEmbeddedPostgres } from './src/database/embedded-postgres.js';
     const log = (line) => console.log('log ' + line);
     const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2], log }).catch((error) => {
       console.log('failed ' + error.name + ' ' + error.message);
       process.exit(1);
     });
     const say = () => console.log((postgres.owner ? 'owner ' : 'adopter ') + postgres.url);
     process.on('SIGUSR2', say);
     process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)));
     process.on('SIGINT', () => console.log('interrupted'));
     say();`,
  );
  return { program, remove: sources.remove };
}

/** One start, in a process of its own. */
export class Launched {
  said = '';
  readonly ended: Promise<unknown>;
  private readonly child: ChildProcess;

  /** @param command what to run Node under, with its arguments */
  constructor(
    program: string,
    dataDir: string,
    { command = [], ...user }: { uid?: number; gid?: number; command?: string[] } = {},
  ) {
    const [file = process.execPath, ...rest] = [...command, process.execPath, program, dataDir];
    // In a process group of its own, as under a terminal, so that the whole group can be signalled.
    this.child = spawn(file, rest, {
      ...user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** The rest of the first line that begins with one of these words. */
  async says(...words: string[]): Promise<string> {
    const line = new RegExp(`^(?:${words.join('|')}) (.*)$`, 'm');
    const wanted = () => `"${words.join('" or "')}", but it said: ${this.said}`;
    await until(() => line.test(this.said) || this.over, wanted);
    const [, rest] = line.exec(this.said) ?? [];
    if (rest === undefined) throw new Error(`Waited for ${wanted()}`);
    return rest;
  }

  async url(): Promise<string> {
    return this.says('owner', 'adopter');
  }

  /** What it said of itself last. */
  get owns(): boolean {
    return [...this.said.matchAll(/^(owner|adopter) /gm)].at(-1)?.[1] === 'owner';
  }

  /** Has ended by itself or by a signal. */
  get over(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  interruptGroup(): void {
    process.kill(-Number(this.child.pid), 'SIGINT');
  }

  /** Asks it again and again, until it owns the server. */
  async becomesOwner(): Promise<void> {
    await until(() => {
      this.kill('SIGUSR2');
      return this.owns;
    });
  }

  async stop(): Promise<void> {
    this.kill('SIGTERM');
    await this.ended;
  }
}

export async function until(
  condition: () => boolean | Promise<boolean>,
  what = () => condition.toString(),
): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what()}`);
    // Between two looks; spinning would take the processor from what is waited for.
    await pause(10);
  }
}

/** The first row of a statement, on a connection of its own. */
export async function ask<Row>(url: string, statement: string): Promise<Row | undefined> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(statement)).rows[0] as Row | undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function answers(url: string): Promise<boolean> {
  return ask(url, 'select 1').then(
    () => true,
    () => false,
  );
}

/** The folder of the socket, which is the cluster's unless its path is too long. */
export function homeOf(url: string): string {
  return new URL(url).searchParams.get('host') ?? '';
}

export function serverPid(url: string): number {
  return Number.parseInt(readFileSync(path.join(homeOf(url), 'data', 'postmaster.pid'), 'utf8'), 10);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
