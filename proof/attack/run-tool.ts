import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/** What a tool said, and whether it ended by itself. */
export interface Ran {
  readonly out: string;
  readonly wasInTime: boolean;
}

/** What an attack did: in words, and what it found. */
export interface Outcome {
  readonly tried: string;
  readonly findings: readonly string[];
}

/** Where an attack writes, and by `performance.now()` when it must be over. */
export interface Bounds {
  readonly folder: string;
  readonly deadline: number;
}

/** So long may a tool take to write its report when its time is over, in milliseconds. */
const GRACE = 5_000;

/** Runs a program until it ends or its time is over; what it says goes into a file, too. @param milliseconds how long it may run @param input what it reads */
export function runTool(
  program: string,
  args: readonly string[],
  file: string,
  milliseconds: number,
  input = '',
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    // Who has ended reads nothing.
    child.stdin.on('error', () => undefined).end(input);
    const report = createWriteStream(file);
    let out = '';
    let wasInTime = true;
    const end = (signal: NodeJS.Signals) => () => {
      wasInTime = false;
      // Those that it started, too: the group is its own.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
    };
    const timers = [
      setTimeout(end('SIGINT'), milliseconds),
      setTimeout(end('SIGKILL'), milliseconds + GRACE),
    ];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        out += part.toString();
        report.write(part);
      });
    }
    child.once('error', reject);
    child.once('close', () => {
      for (const timer of timers) clearTimeout(timer);
      report.end(() => resolve({ out, wasInTime }));
    });
  });
}

/** Milliseconds that are left, never less than a second. */
export const left = ({ deadline }: Pick<Bounds, 'deadline'>): number =>
  Math.max(1_000, deadline - performance.now());
