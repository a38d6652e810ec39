import { SingleBar } from 'cli-progress';
import type { Cli } from '../cli.js';

/** How often somebody is told who has no terminal. */
const TELL_EVERY_MS = 5_000;

/** Says how far a replay has come: a bar in a terminal, else a line every few seconds. Never part of the answer. */
export class ReplayProgress {
  private bar: SingleBar | null = null;
  private told = performance.now();

  constructor(private readonly cli: Cli) {}

  at(done: number, of: number): void {
    const { terminal } = this.cli;
    if (terminal !== null && this.bar === null) {
      this.bar = new SingleBar({ ...BAR, stream: terminal });
      this.bar.start(of, 0);
    }
    this.bar?.update(done);
    const now = performance.now();
    if (this.bar !== null || now - this.told < TELL_EVERY_MS) return;
    this.told = now;
    this.cli.tell(`${Math.floor((100 * done) / Math.max(1, of))} %: ${done} of ${of} reports`);
  }

  stop(): void {
    this.bar?.stop();
  }
}

const BAR = {
  format: '{bar} {percentage} %  {value} of {total} reports',
  barCompleteChar: '\u2588',
  barIncompleteChar: '\u2591',
  barsize: 30,
  // As with the bar of an import: what is ended by Ctrl-C leaves the terminal as it was.
  linewrap: true,
};
