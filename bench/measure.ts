import { cpuTimeOf } from './cpu-time.js';
import type { Contenders, Keeper } from './contenders.js';
import type { DatabaseServer } from './database-server.js';
import type { LoadProcess, ServerProcess } from './processes.js';
import type { LoadJob } from './requests.js';

/** Everything that is measured; each is compared with another one (table.ts). */
export const SUBJECTS = [
  'bare state',
  'state',
  'states by 100',
  'bare intake',
  'intake, spread',
  'intake, hot',
  'plain intake',
  'least intake',
  'intake, judged',
  'intake, unjudged',
] as const;
export type Subject = (typeof SUBJECTS)[number];

export const isSubject = (name: string): name is Subject => SUBJECTS.some((subject) => subject === name);

/** One run. Latencies in ms, CPU times in microseconds per answer. */
export interface Run {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly serverCpu: number;
  readonly postgresCpu: number;
  readonly loadCpu: number;
}

export interface Settings {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly warmUpMilliseconds: number;
  readonly connections: number;
}

/** Runs of every subject, and how many reports each service acknowledged as new. */
export interface Measurements {
  readonly runs: ReadonlyMap<Subject, readonly Run[]>;
  readonly acknowledged: Readonly<Record<Keeper, number>>;
}

/**
 * Measures subjects in turn, round after round, so that whatever else the machine does meets them all alike.
 *
 * @param only those to be measured; none: all
 */
export async function measure(
  contenders: Contenders,
  load: LoadProcess,
  server: DatabaseServer,
  { rounds, milliseconds, warmUpMilliseconds, connections }: Settings,
  say: (line: string) => void,
  only: readonly Subject[] = [],
): Promise<Measurements> {
  const subjects = only.length > 0 ? SUBJECTS.filter((subject) => only.includes(subject)) : SUBJECTS;
  const { vigie, plain, least, key } = contenders;
  const acknowledged = { vigie: 0, plain: 0, least: 0 };
  let firstReader = 1;
  /** Reports of the readers of each site, who go on where they were. */
  const reported = { 'intake, judged': 0, 'intake, unjudged': 0 };

  async function run(subject: Subject, time: number): Promise<Run> {
    const isJudged = subject === 'intake, judged' || subject === 'intake, unjudged';
    const first = isJudged ? reported[subject] : firstReader;
    const [target, ask] = questionOf(subject, first, contenders);
    const job = { origin: target.origin, key, connections, milliseconds: time, ask };
    const { run, good, readers } = await measureRun(subject, target, load, server, job);
    if (isJudged) reported[subject] += readers;
    else firstReader += readers;
    if (target === plain) acknowledged.plain += good;
    if (target === least) acknowledged.least += good;
    if (target === vigie && 'reports' in ask) acknowledged.vigie += good;
    return run;
  }

  for (const subject of subjects) await run(subject, warmUpMilliseconds);
  await contenders.giveRecords();
  const runs = new Map<Subject, Run[]>(subjects.map((subject) => [subject, []]));
  for (let round = 1; round <= rounds; round += 1) {
    // There and back: who comes second finds the tables larger.
    for (const subject of round % 2 > 0 ? subjects : subjects.toReversed()) {
      const done = await run(subject, milliseconds);
      runs.get(subject)?.push(done);
      say(`round ${round} of ${rounds}: ${subject}: ${Math.round(done.perSecond)} a second`);
    }
  }
  return { runs, acknowledged };
}

/**
 * One run, of a subject by whatever name: with how many good answers there were, and how many readers reported.
 *
 * @throws Error where any answer is not the one that was hoped for
 */
export async function measureRun(
  subject: string,
  target: ServerProcess,
  load: LoadProcess,
  server: DatabaseServer,
  job: LoadJob,
): Promise<{ run: Run; good: number; readers: number }> {
  const before = { server: cpuTimeOf(target.pid), postgres: server.cpuTime() };
  const result = await load.run(job);
  const good = result.statuses['reports' in job.ask ? '201' : '200'] ?? 0;
  if (result.failures > 0 || Object.keys(result.statuses).length !== 1 || good === 0) {
    throw new Error(`${subject}: not every answer was good: ${JSON.stringify(result)}`);
  }
  const run = {
    perSecond: (result.answers / result.milliseconds) * 1000,
    p50: result.p50,
    p99: result.p99,
    serverCpu: (cpuTimeOf(target.pid) - before.server) / good,
    postgresCpu: (server.cpuTime() - before.postgres) / good,
    loadCpu: result.cpu,
  };
  return { run, good, readers: result.readers };
}

function questionOf(
  subject: Subject,
  firstReader: number,
  { vigie, bare, plain, least, sites }: Pick<Contenders, 'vigie' | 'bare' | 'plain' | 'least' | 'sites'>,
): [ServerProcess, LoadJob['ask']] {
  switch (subject) {
    case 'bare state':
      return [bare, { states: true }];
    case 'state':
      return [vigie, { states: true }];
    case 'states by 100':
      return [vigie, { stateBatches: true }];
    case 'bare intake':
      return [bare, { reports: 'spread', firstReader }];
    case 'intake, spread':
      return [vigie, { reports: 'spread', firstReader }];
    case 'intake, hot':
      return [vigie, { reports: 'hot', firstReader }];
    case 'plain intake':
      return [plain, { reports: 'spread', firstReader }];
    case 'least intake':
      return [least, { reports: 'spread', firstReader }];
    case 'intake, judged':
      return [vigie, { reports: sites.judged, firstReader }];
    case 'intake, unjudged':
      return [vigie, { reports: sites.unjudged, firstReader }];
  }
}
