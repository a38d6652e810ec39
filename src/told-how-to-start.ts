const HELP = `\
Usage: npm start

Starts Vigie, and answers until SIGTERM or Ctrl-C. It takes no arguments: every setting is described in
config/default.yaml, and is changed there or by the environment variable that is named there, such as
  PORT=8080 npm start
Operators' commands (sites, keys, staff, backups): npm run cli -- --help`;

/** What whoever gives words to a start is told instead, and how the process ends: 0, or 2 where it knows no such words. */
export interface Told {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

/** Null: there are no words, and the service is to be started. */
export function toldHowToStart(words: readonly string[]): Told | null {
  const [first, ...others] = words;
  if (first === undefined) return null;
  if (others.length === 0 && ['--help', '-h'].includes(first)) return { text: HELP, exitCode: 0 };
  return { text: `A start takes no "${words.join(' ')}": --help says where settings are made.`, exitCode: 2 };
}
