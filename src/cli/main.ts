import 'reflect-metadata';
import { runCli } from './run-cli.js';

let unwritten: string | null = null;

process.stdout.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => {
  // Whoever reads no more, as `head` does, has read enough.
  if (code === 'EPIPE' || unwritten !== null) return;
  unwritten = code;
  process.stderr.write(`The answer can't be written (${code}).\n`);
  process.exitCode = 1;
});
// Nobody is left who could be told.
process.stderr.on('error', () => undefined);

const exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
  input: () => process.stdin,
  terminal: process.stderr.isTTY ? process.stderr : null,
  exitCode: 0,
});
// Exit codes are set, not forced: what is printed goes out first. It may have failed by now, or does so later.
if (unwritten === null) process.exitCode = exitCode;
