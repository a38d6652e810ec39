import { Readable } from 'node:stream';
import { runCli } from '../../src/cli/run-cli.js';
import { noteEnvironment, noteLog, noteText } from '../setup/log-watch.js';
import { createTestDatabase } from '../setup/test-database.js';

/** How a command ended, and what it printed. */
export interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly told: readonly string[];
  /** The last line as JSON. */
  readonly json: Record<string, unknown>;
}

/** Commands on a database of their own. */
export interface TestCli {
  readonly url: string;
  run(words: string, env?: NodeJS.ProcessEnv, input?: string | Buffer): Promise<Ran>;
  stop(): Promise<void>;
}

const SECRET = 'a secret of the tests, long enough for anybody';

export async function startCli(): Promise<TestCli> {
  const database = await createTestDatabase();
  return {
    url: database.url,
    run: (words, env = {}, input = '') =>
      runCommand(words, { DATABASE_URL: database.url, VIGIE_SECRET: SECRET, ...env }, input),
    stop: () => database.drop(),
  };
}

/** Words are parted by spaces; a plus stands for a space inside one. */
export async function runCommand(
  words: string,
  env: NodeJS.ProcessEnv,
  input: string | Buffer = '',
): Promise<Ran> {
  const out: string[] = [];
  const told: string[] = [];
  const code = await runCli(
    words.split(' ').map((word) => word.replaceAll('+', ' ')),
    {
      env,
      print: (line) => out.push(line),
      tell: (line) => told.push(line),
      input: () => Readable.from([Buffer.from(input)]),
      terminal: null,
      exitCode: 0,
    },
  );
  noteEnvironment(env);
  noteText(out.join('\n'));
  noteLog(told.join('\n'));
  const last = out.at(-1) ?? '';
  return {
    code,
    out,
    told,
    json: last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {},
  };
}
