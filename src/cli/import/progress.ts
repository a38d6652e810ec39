import { SingleBar } from 'cli-progress';
import type { Cli } from '../cli.js';

/** How often somebody is told who has no terminal. */
const TELL_EVERY_MS = 5_000;

/** Says how far an import has come: a bar in a terminal, else a line every few seconds. Never part of the answer. */
export class Progress {
  private readonly bar: SingleBar | null;
  private readonly started = performance.now();
  private told = this.started;
  private done = 0;

  /** @param size bytes of the input; null where nobody knows */
  constructor(
    private readonly cli: Cli,
    private readonly size: number | null,
  ) {
    this.bar = cli.terminal === null ? null : new SingleBar({ ...BAR(size), stream: cli.terminal });
    this.bar?.start(size ?? 0, 0, { lines: 0, rate: 0 });
  }

  /** @param lines read by now, up to this byte of the input; `imported`: of those, by this run */
  at(lines: number, position: number, imported: number): void {
    const now = performance.now();
    this.done = position;
    const rate = Math.round(imported / Math.max(0.001, (now - this.started) / 1_000));
    this.bar?.update(position, { lines, rate });
    if (this.bar !== null || now - this.told < TELL_EVERY_MS) return;
    this.told = now;
    this.cli.tell(`${this.percent()}${lines} lines, ${rate} a second`);
  }

  stop(): void {
    this.bar?.stop();
  }

  private percent(): string {
    if (this.size === null) return '';
    return `${Math.floor((100 * this.done) / Math.max(1, this.size))} %: `;
  }
}

const BAR = (size: number | null) => ({
  format:
    size === null ? '{lines} lines, {rate} a second' : '{bar} {percentage} %  {lines} lines, {rate} a second',
  barCompleteChar: '\u2588',
  barIncompleteChar: '\u2591',
  barsize: 30,
  // Else it takes the cursor and the wrapping of lines away, and who presses Ctrl-C or is killed gives neither back.
  linewrap: true,
  etaBuffer: 10,
});
