import { Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import type { Database } from '../database/database.js';
import { giveBackJobs } from '../database/statements/jobs/give-back-jobs.js';
import type { ClaimedJob } from '../database/statements/jobs/job-row.js';
import { renewJobs } from '../database/statements/jobs/renew-jobs.js';
import { jobDuration, jobRuns } from '../telemetry/measures.js';
import { inSpan } from '../telemetry/tracing.js';
import type { KnownHandler } from './job-handlers.js';
import { JobAborted, runJob } from './run-job.js';
import { SettleBatch } from './settle-batch.js';

/** How a run ended. `lost`: another process has it now; `given back`: it was cut short by our stopping. */
export type RunEnd = 'done' | 'again' | 'failed' | 'dead' | 'lost' | 'given back';

/** So many looks at the claims within one lease; two may fail before a job is aborted. */
const RENEWALS = 5;

interface Running {
  readonly job: ClaimedJob;
  readonly cut: AbortController;
  readonly over: Promise<RunEnd>;
  /** ms of `performance.now()`. */
  heldUntil: number;
}

/**
 * The jobs that this process runs: each with its claim, which is renewed while it runs. Of one job there may be two runs: a
 * claim that ran out, while Postgres was away or this process stood still, may have been taken by this very process, and the
 * earlier run does not know yet.
 */
export class RunningJobs {
  private readonly logger = new Logger('Jobs');
  private readonly running = new Set<Running>();
  private readonly ends: SettleBatch;
  private renewal: NodeJS.Timeout | null = null;
  private renewing = false;
  /** Places kept for jobs that are being claimed. */
  private kept = 0;

  constructor(
    private readonly db: Database,
    private readonly options: { readonly leaseSeconds: number; readonly concurrency: number },
  ) {
    this.ends = new SettleBatch(db);
  }

  /** Places are kept: somebody is claiming jobs. */
  get claiming(): boolean {
    return this.kept > 0;
  }

  /**
   * Keeps places that are free, so many at most, for jobs that are about to be claimed; how many it could. In the breath in
   * which they are seen to be free: many wait for the same one.
   */
  keep(most = Infinity): number {
    const free = Math.max(0, this.options.concurrency - this.running.size - this.kept);
    const places = Math.min(free, most);
    this.kept += places;
    return places;
  }

  /** Lets kept places go once `claim` has resolved; what it claimed must be run in the same breath. */
  async claim<T>(places: number, claim: () => Promise<T>): Promise<T> {
    try {
      return await claim();
    } finally {
      this.kept -= places;
    }
  }

  /** Runs a job that has just been claimed, and writes how it ended. Never throws. */
  run(handler: KnownHandler, job: ClaimedJob): Promise<RunEnd> {
    const cut = new AbortController();
    const over = this.measured(handler, job, cut).finally(() => this.ended(run));
    const run: Running = { job, cut, over, heldUntil: performance.now() + this.lease };
    this.running.add(run);
    this.renewal ??= setInterval(() => this.lookAtClaims(), this.lease / RENEWALS);
    return over;
  }

  /** Waits for what is under way, so many ms; then cuts it short and gives it back. */
  async drain(patience: number): Promise<void> {
    if (!(await this.endWithin(patience))) {
      for (const { cut } of this.running) {
        cut.abort(new JobAborted('stopping', 'The process stops.'));
      }
      // Handlers that do not listen are let go after a grace, so this ends.
      this.ends.giveUp();
      await Promise.all([...this.running].map(({ over }) => over));
    }
  }

  private ended(run: Running): void {
    this.running.delete(run);
    if (this.running.size > 0 || this.renewal === null) return;
    clearInterval(this.renewal);
    this.renewal = null;
  }

  private get lease(): number {
    return this.options.leaseSeconds * 1_000;
  }

  private async endWithin(milliseconds: number): Promise<boolean> {
    const all = Promise.all([...this.running].map(({ over }) => over)).then(() => true);
    // It takes no 0.
    return pTimeout(all, { milliseconds: Math.max(1, milliseconds), fallback: () => false });
  }

  private async measured(handler: KnownHandler, job: ClaimedJob, cut: AbortController): Promise<RunEnd> {
    const { kind, id, attempts } = job;
    const began = performance.now();
    const attributes = { 'vigie.job.kind': kind, 'vigie.job.id': id, 'vigie.job.attempt': attempts };
    const end = await inSpan(`job ${kind}`, { attributes, root: true }, async (span) => {
      const ended = await this.runToEnd(handler, job, cut);
      span?.setAttribute('vigie.job.end', ended);
      return ended;
    });
    jobDuration.observe({ kind }, (performance.now() - began) / 1_000);
    jobRuns.inc({ kind, end: end.replace(' ', '_') });
    return end;
  }

  private async runToEnd(handler: KnownHandler, job: ClaimedJob, cut: AbortController): Promise<RunEnd> {
    const name = `Job ${job.id} (${job.kind})`;
    const end = await runJob(handler, job, cut);
    if (end === null) {
      if (!(cut.signal.reason instanceof JobAborted) || cut.signal.reason.why !== 'stopping') return 'lost';
      await this.giveBack(job);
      return 'given back';
    }
    if (!(await this.ends.settle(end))) {
      this.logger.warn(`${name} took longer than its claim could be held; it runs again.`);
      return 'lost';
    }
    if (end.outcome === 'done') return 'done';
    if (end.outcome === 'dead') {
      this.logger.error(`${name} is dead after ${end.failures} failed attempts: ${end.error}`);
      return 'dead';
    }
    if (end.failures === 0) return 'again';
    const delay = Math.round(end.delaySeconds ?? 0);
    this.logger.warn(`${name} failed (${end.failures}); again in ${delay} s: ${end.error}`);
    return 'failed';
  }

  /** Without Postgres the claim runs out by itself. */
  private async giveBack(job: ClaimedJob): Promise<void> {
    await this.db.inIndexedTransaction((tx) => giveBackJobs(tx, [job])).catch(() => undefined);
  }

  /** Whose claim may run out before it can be renewed is aborted while it still holds. */
  private lookAtClaims(): void {
    const soon = performance.now() + this.lease / RENEWALS;
    for (const { cut, heldUntil } of this.running) {
      if (heldUntil <= soon) cut.abort(new JobAborted('claim lost', 'Its claim could not be renewed.'));
    }
    if (this.renewing || this.running.size === 0) return;
    this.renewing = true;
    void this.renew().finally(() => (this.renewing = false));
  }

  private async renew(): Promise<void> {
    const held = [...this.running];
    const until = performance.now() + this.lease;
    let still: ReadonlyMap<string, number>;
    try {
      still = await this.db.inIndexedTransaction((tx) =>
        renewJobs(
          tx,
          held.map(({ job }) => job),
          this.options.leaseSeconds,
        ),
      );
    } catch {
      // Tried again at the next look, as long as the claims last.
      return;
    }
    for (const one of held) {
      if (still.get(one.job.id) === one.job.attempts) one.heldUntil = until;
      else one.cut.abort(new JobAborted('claim lost', 'Its claim was lost.'));
    }
  }
}
