import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { loadConfig } from '../../src/config/load-config.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import type { DatabaseTime } from '../../src/database/database-time.js';
import { Doorbell } from '../../src/database/listen.js';
import { Dispatcher, type JobSettings } from '../../src/jobs/dispatcher.js';
import type { JobHandler, JobResult, JobRun } from '../../src/jobs/job-handler.js';
import { JobHandlers } from '../../src/jobs/job-handlers.js';
import { type NewJob, stage } from '../../src/jobs/stage.js';
import { createTestDatabase } from '../setup/test-database.js';

/** What config/default.yaml sets, with a poll that tests do not wait for. */
const SETTINGS: JobSettings = { ...loadConfig({}).jobs, pollMilliseconds: 50 };

export const DONE: JobResult = { done: true };

/** A handler in a few words. */
export const handler = (
  kind: string,
  run: (payload: unknown, run: JobRun) => Promise<JobResult> | JobResult,
  limits: Pick<JobHandler, 'maxAttempts' | 'maxSeconds'> = {},
): JobHandler => ({ kind, ...limits, run: async (payload, of) => run(payload, of) });

/** As if a statement had given it. */
export const byDatabase = (time: Date | number): DatabaseTime => new Date(time) as DatabaseTime;

/** A job's row. */
export interface JobRow {
  readonly id: string;
  readonly attempts: number;
  readonly failures: number;
  readonly relays: number;
  readonly relayed_until: Date | null;
  readonly locked_until: Date | null;
  readonly run_at: Date;
  readonly outcome: string | null;
  readonly error: string | null;
}

/** A database of its own, and any number of processes' worth of dispatchers on it. */
export class JobRoom {
  private readonly dispatchers: Dispatcher[] = [];
  private readonly doorbells: Doorbell[] = [];

  private constructor(
    readonly url: string,
    readonly dataSource: DataSource,
    readonly db: Database,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<JobRoom> {
    // Failures are what is tested here.
    Logger.overrideLogger(false);
    const { url, ...test } = await createTestDatabase();
    const dataSource = await new DataSource(dataSourceOptions(url, 8)).initialize();
    return new JobRoom(url, dataSource, new Database(dataSource), () => test.drop());
  }

  dispatcher(handlers: readonly JobHandler[], settings: Partial<JobSettings> = {}): Dispatcher {
    const known = new JobHandlers(handlers);
    const dispatcher = new Dispatcher(this.db, () => known, { ...SETTINGS, ...settings });
    this.dispatchers.push(dispatcher);
    return dispatcher;
  }

  /** One that runs. */
  running(handlers: readonly JobHandler[], settings: Partial<JobSettings> = {}): Dispatcher {
    const dispatcher = this.dispatcher(handlers, settings);
    dispatcher.run(this.doorbell());
    return dispatcher;
  }

  doorbell(): Doorbell {
    const doorbell = new Doorbell(this.url, { sessionPooling: true });
    this.doorbells.push(doorbell);
    return doorbell;
  }

  stage(...jobs: NewJob[]): Promise<void> {
    return this.db.inTransaction(async (tx) => {
      stage(tx, jobs);
      return Promise.resolve();
    });
  }

  async rows(): Promise<JobRow[]> {
    return this.dataSource.query('select * from job order by id');
  }

  async row(): Promise<JobRow> {
    const [row] = await this.rows();
    if (row === undefined) throw new Error('there is no job');
    return row;
  }

  /** As if so much time had passed for all jobs. */
  async later(interval: string): Promise<void> {
    await this.dataSource.query(
      `update job set run_at = run_at - $1::interval, relayed_until = relayed_until - $1::interval,
                      locked_until = locked_until - $1::interval, claimed_at = claimed_at - $1::interval,
                      finished_at = finished_at - $1::interval`,
      [interval],
    );
  }

  /** Ends what a test left, and removes all jobs. */
  async clear(): Promise<void> {
    await Promise.all(this.dispatchers.splice(0).map((dispatcher) => dispatcher.stop(0)));
    await Promise.all(this.doorbells.splice(0).map((doorbell) => doorbell.close()));
    await this.dataSource.query('truncate job restart identity');
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.drop();
  }
}

/** A gate that work waits at until a test opens it; or its signal is aborted. */
export class Gate {
  waiting = 0;
  private opened!: () => void;
  private readonly open_ = new Promise<void>((resolve) => (this.opened = resolve));

  open(): void {
    this.opened();
  }

  async pass(signal?: AbortSignal): Promise<void> {
    this.waiting += 1;
    try {
      await new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        void this.open_.then(resolve);
      });
    } finally {
      this.waiting -= 1;
    }
  }
}
