import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Outcome, runCourse } from './course.js';
import { describeFault, drawPlan } from './plan.js';

const HELP = `Usage: npm run faults -- [options]

Kills, stops and slows the API, the worker, Postgres, Redis and the ways between them, at random and under load, and checks
that what was acknowledged is there and that I1 to I12 hold (proof/faults/README.md).

  --kills N    faults, 1 to 100000 (default 25)
  --seconds N  no further fault after so many seconds (default: none)
  --seed S     a whole number: the same plan of faults and the same draws of everybody again (default: a new one)
  --plan       print the plan of faults, and do nothing
  --help       print this`;

/** Violations that are shown; more of one kind say the same. */
const SHOWN = 40;
const FOREVER = 24 * 3_600;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function wholeNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new RangeError(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}

function options() {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '25' },
      seconds: { type: 'string', default: String(FOREVER) },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      plan: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    kills: wholeNumber('kills', values.kills, [1, 100_000]),
    seconds: wholeNumber('seconds', values.seconds, [1, FOREVER]),
    seed: wholeNumber('seed', values.seed, [0, 2 ** 32 - 1]),
  };
}

/** The middle one, and the last one, in seconds. */
function middleAndWorst(milliseconds: readonly number[]): [string, string] {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const inSeconds = (value = 0): string => (value / 1_000).toFixed(2);
  return [inSeconds(sorted[Math.floor(sorted.length / 2)]), inSeconds(sorted.at(-1))];
}

function tell({ recoveries, seen, longestWait, known }: Outcome): void {
  say('\nSeconds from the end of a fault until the API took reports again:');
  say(`  ${'fault'.padEnd(30)} times  median   worst`);
  for (const [name, times] of [...recoveries].sort()) {
    const [median, worst] = middleAndWorst(times);
    say(
      `  ${name.padEnd(30)} ${String(times.length).padStart(5)} ${median.padStart(7)} ${worst.padStart(7)}`,
    );
  }
  const statuses = [...seen].sort().map(([status, times]) => `${times} x ${status}`);
  say(`\nAnswers: ${statuses.join(', ')}. The longest took ${(longestWait / 1_000).toFixed(1)} s.`);
  say(
    `Acknowledged: ${known.reports.size} votes, ${known.decisions.size} decisions, ` +
      `${known.published.size} images of publishers, ${known.bound.size} addresses, ${known.sessions.size} sessions, ` +
      `${known.pictures.size} pictures; ${known.count} acknowledgements in all.`,
  );
}

function keepLogs(logs: Outcome['logs']): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-faults-'));
  for (const { name, text } of logs) writeFileSync(path.join(folder, `${name}.log`), text);
  return folder;
}

async function main(): Promise<number> {
  const { kills, seconds, seed, plan: showsPlan, help } = options();
  if (help) return (say(HELP), 0);
  const plan = drawPlan(seed, kills);
  if (showsPlan) {
    for (const fault of plan) say(`[${fault.number}] after ${fault.after} ms: ${describeFault(fault)}`);
    return 0;
  }
  say(`Seed ${seed}: ${kills} faults. The same again: npm run faults -- --kills ${kills} --seed ${seed}`);
  const outcome = await runCourse({ seed, plan, longest: seconds * 1_000, say });
  tell(outcome);
  const { violations, faults, known } = outcome;
  for (const violation of violations.slice(0, SHOWN)) say(`VIOLATION ${violation}`);
  if (violations.length > SHOWN) say(`... and ${violations.length - SHOWN} more.`);
  if (violations.length > 0) say(`The logs of all processes are in ${keepLogs(outcome.logs)}`);
  const end = violations.length === 0 ? 'no violation' : `${violations.length} VIOLATIONS`;
  say(`\n${faults} faults, ${known.count} acknowledgements, ${end} (seed ${seed}).`);
  return violations.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
