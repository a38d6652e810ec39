import { type Arguments, HELP, readArguments } from './arguments.js';
import { Coverage } from './coverage.js';
import { closeConnections } from './http.js';
import { WRONG_RULES } from './rules/wrong.js';
import { type Found, playAgain, playSequences } from './sequences.js';
import { ModelService } from './service.js';

const PROGRESS_MS = 10_000;

const count = (n: number): string => n.toLocaleString('en');

const nothingYet = (): Found => ({ coverage: new Coverage(), sequences: 0, parallel: 0, failures: [] });

/** @returns whether the service does what the model says */
async function compare(service: ModelService, asked: Arguments): Promise<boolean> {
  const found = nothingYet();
  const started = Date.now();
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`${count(found.coverage.total)} commands in ${seconds} s`);
  }, PROGRESS_MS);
  try {
    if (asked.replay === null) await playSequences(service, asked, found);
    else await playAgain(service, asked, found, asked.replay);
  } finally {
    clearInterval(progress);
  }
  const { coverage, failures } = found;
  console.log(coverage.table());
  const missing = coverage.missing();
  if (missing.length > 0) console.log(`Never reached: ${missing.join('; ')}.`);
  const outcome =
    failures.length > 0
      ? `${failures.length === 1 ? 'a difference' : `${failures.length} differences`}`
      : missing.length > 0
        ? `no difference, but ${missing.length} of what is wanted was never reached`
        : 'no difference';
  console.log(
    `${count(coverage.total)} commands in ${count(found.sequences)} sequences ` +
      `(${count(found.parallel)} with parallel parts): ${outcome}. Seed ${asked.seed}.`,
  );
  return failures.length === 0 && missing.length === 0;
}

/** @returns whether every wrong rule was noticed, and nothing where no rule is wrong */
async function mutate(service: ModelService, asked: Arguments, wrong: readonly string[]): Promise<boolean> {
  const control = nothingYet();
  await playSequences(service, { ...asked, mutate: null, failures: 1 }, control);
  const [difference] = control.failures;
  console.log(
    `With no wrong rule: ${count(control.coverage.total)} commands, ${difference ?? 'no difference'}.`,
  );
  if (difference !== undefined) return false;
  const unnoticed: string[] = [];
  for (const name of wrong) {
    const found = nothingYet();
    await playSequences(service, { ...asked, mutate: name, failures: 1 }, found);
    const noticed = found.failures.length > 0;
    if (!noticed) unnoticed.push(name);
    const sentence = noticed ? 'was noticed within' : 'was NOT noticed in';
    console.log(`The wrong rule "${name}" ${sentence} ${count(found.coverage.total)} commands.`);
  }
  console.log(
    unnoticed.length === 0
      ? `All of ${wrong.length} wrong rules were noticed. Seed ${asked.seed}.`
      : `Not noticed: ${unnoticed.join(', ')}. Seed ${asked.seed}.`,
  );
  return unnoticed.length === 0;
}

async function main(): Promise<boolean> {
  const asked = readArguments(process.argv.slice(2));
  if (asked === null) {
    console.log(HELP);
    return true;
  }
  const service = await ModelService.start(asked.processes, asked.replay === null ? asked.worlds : 1);
  // Else the processes and their folder would outlive whoever interrupts.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void service.stop().finally(() => process.exit(1)));
  try {
    if (asked.mutate === null) return await compare(service, asked);
    return await mutate(service, asked, asked.mutate === 'all' ? WRONG_RULES : [asked.mutate]);
  } finally {
    closeConnections();
    await service.stop();
  }
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
}
