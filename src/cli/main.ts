import 'reflect-metadata';
import { runCli } from './run-cli.js';

// Exit codes are set, not forced: what is printed goes out first.
process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
  input: () => process.stdin,
  terminal: process.stderr.isTTY ? process.stderr : null,
  exitCode: 0,
});
