import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Seeded } from '../../test/setup/seeded.js';
import { Asker } from './asker.js';
import type { Check, Scene } from './checks/check.js';
import { decisionsAreThere } from './checks/decisions.js';
import { feedsFoldToTheTable } from './checks/feeds.js';
import { jobsAreDone, pendingMessagesHaveJobs } from './checks/jobs.js';
import { oneBlockForACrossing, reconciles, ruleBlocksAwaitReview, versionsRiseByOne } from './checks/log.js';
import { picturesAreRight, picturesAreSeen } from './checks/pictures.js';
import { publishedIsThere } from './checks/publishing.js';
import { noRawValues } from './checks/raw-values.js';
import { oneVoteEach, receiptsAnswer, reportsAreThere } from './checks/reports.js';
import { sessionsAreThere, sessionsOpen } from './checks/sessions.js';
import { messagesAreThere } from './checks/webhooks.js';
import { Followers } from './followers.js';
import { Hook } from './hooks.js';
import { Installation } from './installation.js';
import { Load } from './load.js';
import { describeFault, type Fault } from './plan.js';
import { Probe } from './probe.js';
import { Acknowledged } from './record.js';

/** In the order in which they are made: what must come to rest first. */
const ALWAYS: readonly Check[] = [
  picturesAreSeen,
  pendingMessagesHaveJobs,
  messagesAreThere,
  reportsAreThere,
  oneVoteEach,
  decisionsAreThere,
  publishedIsThere,
  picturesAreRight,
  sessionsAreThere,
  reconciles,
  oneBlockForACrossing,
  ruleBlocksAwaitReview,
  versionsRiseByOne,
  feedsFoldToTheTable,
];
const AT_THE_END: readonly Check[] = [receiptsAnswer, sessionsOpen, jobsAreDone, noRawValues];

/** Faults between two quiet moments in which everything is checked. */
const CHECKED_EVERY = 25;
/** Milliseconds that everybody is at work before the first fault. */
const WARM_UP = 1_500;

export interface Course {
  readonly seed: number;
  readonly plan: readonly Fault[];
  /** After so many ms no further fault begins. */
  readonly longest: number;
  readonly say: (line: string) => void;
}

/** How it went. */
export interface Outcome {
  readonly faults: number;
  readonly known: Acknowledged;
  /** Sentences, none twice. */
  readonly violations: readonly string[];
  /** How often each status was answered. */
  readonly seen: ReadonlyMap<string, number>;
  readonly longestWait: number;
  /** By kind of fault, in ms: from its end until the processes that it hit took a report again. */
  readonly recoveries: ReadonlyMap<string, readonly number[]>;
  readonly logs: Installation['logs'];
}

/** Runs the plan under load, and checks. Leaves nothing behind, whatever happens. */
export async function runCourse(course: Course): Promise<Outcome> {
  const known = new Acknowledged();
  const wrong = (sentence: string): void => void known.violations.push(sentence);
  const ending: (() => Promise<unknown>)[] = [];
  try {
    const installation = await Installation.start(new Seeded(course.seed ^ 0x5eed), wrong);
    ending.push(() => installation.close());
    const asker = new Asker(installation.apiPorts);
    ending.push(() => Promise.resolve(asker.close()));
    const hooks: Hook[] = [];
    for (const site of installation.sites) {
      const hook = await Hook.open(asker, site, new Seeded(course.seed + hooks.length));
      hooks.push(hook);
      ending.push(() => hook.close());
    }
    const followers = await Followers.start(installation.apiPorts, installation.sites);
    ending.push(() => followers.close());
    const run = new Run(course, installation, asker, followers, hooks, known);
    const load = new Load({ asker, known, seed: course.seed }, installation.sites);
    ending.push(() => load.end());
    await run.suffer(load);
    return run.outcome();
  } finally {
    for (const end of ending.reverse()) await end();
  }
}

class Run {
  private readonly recoveries = new Map<string, number[]>();
  private readonly probe: Probe;
  private faults = 0;
  /** After how many faults everything was checked last. */
  private checkedAt = 0;

  constructor(
    private readonly course: Course,
    private readonly installation: Installation,
    private readonly asker: Asker,
    private readonly followers: Followers,
    private readonly hooks: readonly Hook[],
    private readonly known: Acknowledged,
  ) {
    this.probe = new Probe(asker, installation.sites[0], known);
  }

  async suffer(load: Load): Promise<void> {
    const { plan, longest } = this.course;
    const end = Date.now() + longest;
    await pause(WARM_UP);
    let together: { readonly fault: Fault; readonly hit: Promise<void> }[] = [];
    for (const [index, fault] of plan.entries()) {
      await pause(fault.after);
      together.push({ fault, hit: this.installation.suffer(fault) });
      this.faults += 1;
      this.tell(fault);
      const next = plan[index + 1];
      const isLast = next === undefined || Date.now() > end;
      if (next?.beside === true && !isLast) continue;
      await this.recover(together);
      together = [];
      if (isLast) break;
      if (this.faults - this.checkedAt >= CHECKED_EVERY && !(await this.check(load, false))) return;
    }
    await this.check(load, true);
  }

  outcome(): Outcome {
    const { known, asker, faults, recoveries, installation } = this;
    return {
      faults,
      known,
      violations: [...new Set([...known.violations, ...asker.violations])],
      seen: asker.seen,
      longestWait: asker.longest,
      recoveries,
      logs: installation.logs,
    };
  }

  private tell(fault: Fault): void {
    const { plan, say } = this.course;
    const number = String(fault.number).padStart(String(plan.length).length);
    say(`[${number}/${plan.length}] ${describeFault(fault)}, ${this.known.count} acknowledged`);
  }

  private async recover(
    together: readonly { readonly fault: Fault; readonly hit: Promise<void> }[],
  ): Promise<void> {
    await Promise.all(together.map(({ hit }) => hit));
    const over = performance.now();
    await this.installation.well().catch((error: Error) => void this.known.violations.push(error.message));
    const [{ fault } = { fault: undefined }] = together;
    if (fault === undefined) return;
    const processes =
      together.length > 1 || !fault.target.startsWith('api-') ? [0, 1] : [Number(fault.target.slice(4)) - 1];
    const took = await Promise.all(
      processes.map(async (process) => {
        if (!(await this.probe.takesReports(process)))
          this.known.violations.push(`api-${process + 1} took no report again after ${describeFault(fault)}`);
        return performance.now() - over;
      }),
    );
    const name = together.length > 1 ? 'several at once' : `${fault.target} ${fault.kind}`;
    this.recoveries.set(name, [...(this.recoveries.get(name) ?? []), Math.max(...took)]);
  }

  /** In a quiet moment; false when something does not hold. */
  private async check(load: Load, last: boolean): Promise<boolean> {
    const { installation, known, asker, followers, hooks } = this;
    this.checkedAt = this.faults;
    const began = performance.now();
    await load.quieten();
    const client = new pg.Client({ connectionString: installation.postgres.url });
    await client.connect();
    try {
      const patient = this.faults >= CHECKED_EVERY;
      const scene: Scene = { installation, client, known, asker, followers, hooks, last, patient };
      for (const { name, find } of [...ALWAYS, ...(last ? AT_THE_END : [])]) {
        const found = await find(scene);
        if (found.length > 0) this.course.say(`  ${name}: ${found.length} violations`);
        known.violations.push(...found);
      }
    } finally {
      await client.end();
    }
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    const { violations } = this.outcome();
    this.course.say(
      `  ${last ? 'At the end' : 'In between'}: ${violations.length} violations, found in ${seconds} s`,
    );
    followers.mark();
    if (!last) load.goOn();
    return violations.length === 0;
  }
}
