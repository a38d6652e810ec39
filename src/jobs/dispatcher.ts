import { Logger } from '@nestjs/common';
import type { VigieConfig } from '../config/load-config.js';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { claimJob } from '../database/statements/jobs/claim-job.js';
import { databaseClock } from '../database/statements/server/database-clock.js';
import { giveBackJobs } from '../database/statements/jobs/give-back-jobs.js';
import type { ClaimedJob, JobAttempt } from '../database/statements/jobs/job-row.js';
import { JOBS_CHANNEL } from '../database/statements/jobs/stage-jobs.js';
import { takeJobs, type Taking } from '../database/statements/jobs/take-jobs.js';
import { WakeUp } from '../database/wake-up.js';
import { Watch } from '../database/watch.js';
import type { JobHandlers } from './job-handlers.js';
import type { Relay } from './relay.js';
import { type RunEnd, RunningJobs } from './running-jobs.js';
import { Sweeper } from './sweeper.js';

/** As config/default.yaml explains them. */
export type JobSettings = VigieConfig['jobs'];

/** Milliseconds that a stop waits for what is under way, before it is cut short. */
const STOP_PATIENCE = 10_000;
/** Milliseconds between two looks that found nothing, however often it rings. */
const BREATH = 5;

/**
 * Finds due jobs and has them done: here, or through a relay by whichever process takes them. Any number of processes
 * may run one each; Postgres alone decides who does what.
 */
export class Dispatcher {
  private readonly running: RunningJobs;
  private readonly sweeper: Sweeper;
  private readonly watch: Watch;
  /** Rung when places become free. */
  private readonly places = new WakeUp();
  private nextSweep = 0;

  /** @param handlers asked when they are needed first: by then all rooms have theirs */
  constructor(
    private readonly db: Database,
    private readonly handlers: () => JobHandlers,
    private readonly settings: JobSettings,
    private readonly relay: Relay | null = null,
  ) {
    this.running = new RunningJobs(db, settings);
    this.sweeper = new Sweeper(db, handlers, settings);
    this.watch = new Watch(new Logger('Jobs'), {
      look: () => this.look(),
      channel: JOBS_CHANNEL,
      pollMilliseconds: settings.pollMilliseconds,
      breath: BREATH,
      fails: (reason) => `No jobs can be taken (${reason}); trying again.`,
      goesOn: 'Jobs are dispatched again.',
    });
  }

  /** Dispatches from now on: at every ring of the doorbell, when a job ends, and every `pollMilliseconds`. */
  run(doorbell: Doorbell): void {
    this.watch.run(doorbell);
    this.places.ring();
  }

  /**
   * Takes no more, and waits for what is under way: ten seconds, then it is cut short and given back. What has been
   * relayed and not begun is given back when it arrives, or taken again when its time has passed.
   */
  async stop(patience = STOP_PATIENCE): Promise<void> {
    const stopped = this.watch.stop();
    this.places.ring();
    await stopped;
    await this.places.until(() => !this.running.claiming);
    await this.running.drain(patience);
  }

  /**
   * Does here, without the relay, every job that is due now, once each, and resolves when all of them have ended. Works
   * beside `run` and after `stop`. Throws what the database throws.
   *
   * @param upTo does what will be due by then, too
   * @returns how many runs ended how
   */
  async runOnce(upTo?: Date): Promise<Readonly<Partial<Record<RunEnd, number>>>> {
    const begun = await databaseClock(this.db);
    // A Date has whole milliseconds: what was staged in the one that has begun is due, too.
    const due = upTo ?? new Date(begun.getTime() + 1);
    const ends: Partial<Record<RunEnd, number>> = {};
    await this.sweeper.sweep();
    for (;;) {
      const limit = this.settings.concurrency;
      const jobs = await this.take('claimed', limit, { upTo: due, notSince: begun });
      if (jobs.length === 0) return ends;
      for (const end of await Promise.all(jobs.map((job) => this.start(job))))
        ends[end] = (ends[end] ?? 0) + 1;
    }
  }

  /** Claims and runs what the relay brings; resolves when that has ended, or is not ours to do. Throws as the database. */
  async accept(attempt: JobAttempt): Promise<void> {
    if (!(await this.waitForPlace())) return this.giveBack([attempt]);
    const claim = { seconds: this.settings.leaseSeconds, kinds: this.handlers().kinds };
    const over = await this.claim(1, async () => {
      const job = await this.db.inIndexedTransaction((tx) => claimJob(tx, attempt, claim));
      return { run: job === undefined ? null : this.start(job) };
    });
    this.ring();
    await over.run;
  }

  /** While jobs are taken there may be more. */
  private async look(): Promise<boolean> {
    await this.tidy();
    return (await this.takeAndHand()) > 0;
  }

  /** A place is free, or may be. */
  private ring(): void {
    this.watch.ring();
    this.places.ring();
  }

  private async tidy(): Promise<void> {
    const now = performance.now();
    if (now < this.nextSweep) return;
    this.nextSweep = now + this.settings.pollMilliseconds;
    await this.sweeper.sweep();
    await this.sweeper.purge(now);
  }

  private async takeAndHand(): Promise<number> {
    const room = (await this.relay?.room()) ?? null;
    if (this.relay !== null && room !== null) {
      const jobs = room > 0 ? await this.take('relayed', room) : [];
      const refused = jobs.length > 0 ? await this.relay.hand(jobs) : [];
      if (refused.length > 0) await this.giveBack(refused);
      return jobs.length;
    }
    const places = this.running.keep();
    if (places === 0) return 0;
    return this.claim(places, async () => {
      const jobs = await this.take('claimed', places);
      for (const job of jobs) void this.start(job);
      return jobs.length;
    });
  }

  private async take(
    as: Taking['as'],
    limit: number,
    { upTo, notSince }: Pick<Taking, 'upTo' | 'notSince'> = { upTo: null, notSince: null },
  ): Promise<ClaimedJob[]> {
    const { kinds } = this.handlers();
    if (kinds.length === 0) return [];
    const { perLane, leaseSeconds, relaySeconds } = this.settings;
    const seconds = as === 'claimed' ? leaseSeconds : relaySeconds;
    return this.db.inIndexedTransaction((tx) =>
      takeJobs(tx, { kinds, perLane, limit, upTo, notSince, as, seconds }),
    );
  }

  /** Keeps a place as soon as there is one. False: the process stops, and none is kept. */
  private async waitForPlace(): Promise<boolean> {
    let kept = 0;
    await this.places.until(() => {
      if (!this.watch.stopped && this.watch.isRunning) kept = this.running.keep(1);
      return kept > 0 || this.watch.stopped;
    });
    return kept > 0;
  }

  /** Claims jobs for kept places; those who wait for one look again, however that ended. */
  private async claim<T>(places: number, claim: () => Promise<T>): Promise<T> {
    try {
      return await this.running.claim(places, claim);
    } finally {
      this.places.ring();
    }
  }

  private async start(job: ClaimedJob): Promise<RunEnd> {
    const handler = this.handlers().get(job.kind);
    // Taken by kind, so there is one.
    if (handler === undefined) throw new Error(`No handler does jobs of kind "${job.kind}"`);
    const end = await this.running.run(handler, job);
    this.ring();
    return end;
  }

  private async giveBack(jobs: readonly JobAttempt[]): Promise<void> {
    await this.db.inIndexedTransaction((tx) => giveBackJobs(tx, jobs));
  }
}
