import { PassThrough } from 'node:stream';
import type { Cli } from '../../../src/cli/cli.js';
import { Progress } from '../../../src/cli/import/progress.js';
import { ReplayProgress } from '../../../src/cli/replay/replay-progress.js';

/** Ways of saying to a terminal: no cursor, and lines are not wrapped. They hold until somebody takes them back. */
const CHANGED = ['\x1b[?25l', '\x1b[?7l'];

/** What a terminal is told by a bar that is never stopped, as by who ends the command. */
function shownBy(begin: (cli: Cli) => { stop(): void }): string {
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 80,
    getWindowSize: () => [80, 24],
  });
  const bar = begin({ terminal } as unknown as Cli);
  const shown = String(terminal.read());
  bar.stop();
  return shown;
}

it.each<[string, (cli: Cli) => { stop(): void }]>([
  [
    'an import',
    (cli) => {
      const progress = new Progress(cli, 1_000);
      progress.at(5, 500, 5);
      return progress;
    },
  ],
  [
    'a replay',
    (cli) => {
      const progress = new ReplayProgress(cli);
      progress.at(5, 10);
      return progress;
    },
  ],
])('the bar of %s leaves the terminal as it was, also when it is ended by Ctrl-C', (_, begin) => {
  const shown = shownBy(begin);
  expect(shown).toContain('%');
  expect(CHANGED.filter((change) => shown.includes(change))).toEqual([]);
});
