import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HonestCaller, type Fared } from './honest-caller.js';
import { type Bounds, left, type Outcome, runTool } from './run-tool.js';
import type { Target } from './target.js';

/** Connections that an attacker holds at once, and opens in a second. */
const CONNECTIONS = 1_000;
const RATE = 250;

/** Seconds of one attack: longer than a request may take to arrive whole. */
const SECONDS = 60;

/** Milliseconds that the slowest of a hundred honest callers may wait; on a machine that is busy with other things, so many times as long as without the attack. */
const HONEST_P99 = 1_000;
const TIMES_CALM = 4;

/** Milliseconds for which it is measured how honest callers fare without it. */
const CALM = 5_000;

/** An attack: how, and whether the service ends its connections (what takes bytes of an answer now and then, it lets live). */
interface Attack {
  readonly name: string;
  readonly args: readonly string[];
  readonly isEnded: boolean;
}

const attacksOn = (origin: string): Attack[] => [
  { name: 'slow-headers', args: ['-H', '-i', '4', '-u', `${origin}/v1/images/state`], isEnded: true },
  {
    name: 'slow-body',
    args: [
      '-B',
      '-i',
      '4',
      '-s',
      '8192',
      '-t',
      'POST',
      '-f',
      'application/json',
      '-u',
      `${origin}/v1/reports`,
    ],
    isEnded: true,
  },
  {
    name: 'slow-read',
    args: [
      '-X',
      '-w',
      '10',
      '-y',
      '20',
      '-n',
      '5',
      '-z',
      '10',
      '-k',
      '3',
      '-u',
      `${origin}/docs/swagger-ui-bundle.js`,
    ],
    isEnded: false,
  },
  {
    name: 'range',
    args: ['-R', '-a', '1', '-b', '3000', '-t', 'GET', '-u', `${origin}/docs/swagger-ui.css`],
    isEnded: false,
  },
];

/** Holds a thousand connections in four ways, and measures meanwhile how honest callers fare. */
export async function attackWithSlowhttptest(target: Target, bounds: Bounds): Promise<Outcome> {
  const findings: string[] = [];
  const before = new HonestCaller(target);
  await pause(CALM);
  const calm = await before.stop();
  const told = [`calm: honest p50 ${calm.p50} ms, p99 ${calm.p99} ms`];
  for (const attack of attacksOn(target.origin)) {
    if (left(bounds) < SECONDS * 1_000) {
      told.push(`${attack.name} not tried: no time was left`);
      continue;
    }
    const report = path.join(bounds.folder, attack.name);
    const honest = new HonestCaller(target);
    await runTool(
      'slowhttptest',
      [
        '-c',
        String(CONNECTIONS),
        '-r',
        String(RATE),
        '-l',
        String(SECONDS),
        '-p',
        '5',
        '-g',
        '-o',
        report,
        ...attack.args,
      ],
      `${report}.txt`,
      (SECONDS + 15) * 1_000,
    );
    const fared = await honest.stop();
    const seconds = readSlow(readFileSync(`${report}.csv`, 'utf8'));
    findings.push(...judge(attack, seconds, fared, calm.p99));
    const held = Math.max(0, ...seconds.map(({ connected }) => connected));
    told.push(
      `${attack.name}: ${held} held, honest p50 ${fared.p50} ms, p99 ${fared.p99} ms of ${fared.asked}`,
    );
  }
  return { tried: told.join('; '), findings };
}

/** A second of an attack, as slowhttptest tells it. */
export interface Second {
  readonly at: number;
  readonly closed: number;
  readonly connected: number;
  readonly isAvailable: boolean;
}

export const readSlow = (csv: string): Second[] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [at = 0, closed = 0, , connected = 0, available = 0] = line.split(',').map(Number);
      return { at, closed, connected, isAvailable: available > 0 };
    });

/** What must not be: that honest callers wait, fail, or that whoever does nothing is kept. */
export function judge(
  { name, isEnded }: Pick<Attack, 'name' | 'isEnded'>,
  seconds: readonly Second[],
  fared: Fared,
  calmP99: number,
): string[] {
  const findings: string[] = [];
  if (fared.asked === 0 || fared.failed > 0)
    findings.push(`${name}: ${fared.failed} of ${fared.asked} honest requests failed`);
  if (fared.p99 > Math.max(HONEST_P99, TIMES_CALM * calmP99))
    findings.push(`${name}: honest callers waited ${fared.p99} ms (p99)`);
  if (seconds.some(({ isAvailable }) => !isAvailable))
    findings.push(`${name}: the service was not available`);
  const last = seconds.at(-1);
  // It goes home early where all of its connections were ended at once, and tells of that second no more.
  const wentHome = last !== undefined && last.at < SECONDS - 1;
  if (isEnded && !wentHome && (last === undefined || last.connected > last.closed))
    findings.push(`${name}: the service still held ${last?.connected ?? 0} idle connections at the end`);
  return findings;
}
