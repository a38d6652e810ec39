import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Fuzz } from './fuzz.js';

const HELP = `Usage: npm run fuzz -- [--requests N] [--seed S] [--connections C]

Sends N (100000) generated requests to a service of its own, C (12) at once, and holds every answer against the OpenAPI
document. The same seed draws the same requests. Exit code 1 when an answer was not as described; proof/fuzz/README.md says
how to read that.`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    connections: { type: 'string', default: '12' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`${HELP}\n`);
else {
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  const settings = {
    signal: stopped.signal,
    requests: Number(values.requests),
    seed: Number(values.seed),
    connections: Number(values.connections),
  };
  say(`${settings.requests} requests, seed ${settings.seed}`);
  const started = performance.now();
  const { failures, sent, table } = await Fuzz.run(settings, say);
  const seconds = Math.round((performance.now() - started) / 1_000);
  for (const line of table) process.stdout.write(`${line}\n`);
  for (const failure of failures) process.stdout.write(`\n${failure}\n`);
  process.stdout.write(
    failures.length === 0
      ? `\n${sent} requests in ${seconds} s, seed ${settings.seed}: every answer is one that the OpenAPI document describes.\n`
      : `\n${sent} requests in ${seconds} s, seed ${settings.seed}: ${failures.length} things are wrong (above).\n`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
}
