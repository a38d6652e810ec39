import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findLeaks } from './find-leaks.js';
import type { NotedSecret } from './log-watch.js';

/**
 * Compares what the services of a run logged with the secrets that they saw.
 *
 * @param folder what `log-watch.ts` kept
 * @throws Error that says which kind of secret got into whose log
 */
export function checkLogs(folder: string): void {
  const read = (ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => ({
        file: name.slice(0, -ending.length).replaceAll('+', path.sep),
        text: readFileSync(path.join(folder, name), 'utf8'),
      }));
  const secrets = read('.secrets').flatMap(({ text }) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as NotedSecret),
  );
  const leaks = findLeaks(read('.log'), secrets);
  if (leaks.length === 0) return;
  const said = leaks.map(({ kind, file, line }) => `  ${kind}, in ${file}: ${line.slice(0, 300)}`);
  throw new Error(`Secrets are in the logs of these tests (see CONTRIBUTING.md):\n${said.join('\n')}`);
}
