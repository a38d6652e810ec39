import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { attackWithFfuf } from './ffuf.js';
import type { Bounds, Outcome } from './run-tool.js';
import { attackWithSlowhttptest } from './slowhttptest.js';
import { attackWithSqlmap } from './sqlmap.js';
import { Target } from './target.js';
import { attackWithWapiti } from './wapiti.js';

/** Each is a Debian package of the same name, and knows nothing of us. */
const ATTACKS: Readonly<Record<string, (target: Target, bounds: Bounds) => Promise<Outcome>>> = {
  ffuf: attackWithFfuf,
  wapiti: attackWithWapiti,
  sqlmap: attackWithSqlmap,
  // Last: what is left of its connections disturbs nobody.
  slowhttptest: attackWithSlowhttptest,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What was asked for. */
interface Options {
  readonly only?: string;
  readonly minutes: string;
}

async function main(): Promise<number> {
  const program = new Command('npm run attack --')
    .description('Attacks a service of its own, on the loopback, with tools that others wrote.')
    .option('--only <tools>', `some of ${Object.keys(ATTACKS).join(', ')}, separated by commas`)
    .option('--minutes <number>', 'how long each tool may take', '8')
    .parse();
  const { only, minutes } = program.opts<Options>();
  const names = only?.split(',') ?? Object.keys(ATTACKS);
  const unknown = names.filter((name) => !(name in ATTACKS));
  const each = Number(minutes) * 60_000;
  if (unknown.length > 0 || !(each > 0)) program.error(`not understood: ${unknown.join(', ') || minutes}`);
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    say(
      `Not on the PATH: ${missing.join(', ')}. They are Debian packages: apt-get install ${missing.join(' ')}`,
    );
    return 1;
  }
  const reports = mkdtempSync(path.join(os.tmpdir(), 'vigie-attack-'));
  say(`Reports: ${reports}`);
  const target = await Target.start();
  const findings: string[] = [];
  try {
    for (const name of names) {
      const folder = path.join(reports, name);
      mkdirSync(folder);
      const began = performance.now();
      const { tried, findings: found } = (await ATTACKS[name]?.(target, {
        folder,
        deadline: began + each,
      })) ?? {
        tried: 'nothing',
        findings: [],
      };
      say(
        `${name}: ${tried}, ${found.length} findings, ${Math.round((performance.now() - began) / 1_000)} s`,
      );
      for (const finding of found) say(`  ${finding}`);
      findings.push(...found);
    }
    const unexpected = target.unexpected;
    for (const line of unexpected) say(`  The service logged: ${line}`);
    findings.push(...unexpected);
    if (target.service.over) findings.push('The service ended.');
  } finally {
    await target.stop();
  }
  say(
    findings.length === 0
      ? `Nothing was found by ${names.join(', ')}.`
      : `${findings.length} findings: the reports are in ${reports}.`,
  );
  return findings.length === 0 ? 0 : 1;
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

process.exitCode = await main();
