import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PoolClient } from 'pg';
import { arrayLiteral, type ArrayItem } from './array-literal.js';
import { holdWrites } from './held-writes.js';
import { type Answer, Pipeline } from './pipeline.js';
import { poolOf } from './pool-of.js';
import type { Statement } from './statement.js';
import type { ManagedTx, Tx } from './tx.js';
import { isTransient } from './postgres-errors.js';
import { commits } from '../telemetry/measures.js';

/** How often a transaction that lost to another one (deadlock, serialization) is run again. */
const ATTEMPTS = 5;

/**
 * A process that vanished in the middle of a transaction does not hold its locks, the log's above all, for ever. Set in
 * the transaction, since a pooler refuses it at the start of a connection.
 */
const IDLE_TIMEOUT = '10s';

/**
 * And no plan is compiled: Postgres goes by what it expects a plan to cost, which is much for a recursive statement, and 10^10 for each table
 * without an index where it may read none whole. Where it has LLVM, which the embedded one has not, but Debian's and Docker's
 * have, the verdicts of each decision took 118 ms of a processor to compile and less than one to find.
 */
const SET_HERE = `set local jit = off; set local idle_in_transaction_session_timeout = '${IDLE_TIMEOUT}'`;

/** The same, and plans by index: one statement that is planned once, in the place of seven of "set local" parsed for every batch. */
const byIndex: Statement = {
  name: 'plan-by-index',
  text: `
    select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true), set_config('enable_material', 'off', true),
           set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true),
           set_config('idle_in_transaction_session_timeout', '${IDLE_TIMEOUT}', true)`,
};

/** Whether statements are prepared under their name; not possible behind PgBouncer in transaction mode. */
export interface DatabaseOptions {
  readonly namedStatements: boolean;
}

/** The one way to Postgres: single statements, and transactions that are retried when another one won. */
@Injectable()
export class Database {
  /**
   * Single statements that are planned as those of hot transactions are: pages of what grows. How long a page is, is a value,
   * and how many sites it is of, an array: not knowing either, the planner takes it for a tenth of the table, and reads all
   * of the next one to join it (2,194 pages for 26 cases of a queue of 100,000).
   */
  readonly byIndex: Pick<Tx, 'query'> = {
    query: (statement, values) => this.inIndexedTransaction((tx) => tx.query(statement, values)),
  };

  constructor(
    readonly dataSource: DataSource,
    private readonly options: DatabaseOptions = { namedStatements: true },
  ) {}

  /** The rows of one statement, in a transaction of its own. */
  async query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return (await this.run(client, statement, values)).rows as Row[];
    } finally {
      await runner.release();
    }
  }

  /**
   * Runs `work` in one transaction, again if it met a deadlock or serialization failure: `work` must do nothing that
   * a rollback does not undo. Throws what `work` throws, after rolling back.
   */
  inTransaction<T>(work: (tx: ManagedTx) => Promise<T>, isolation?: 'REPEATABLE READ'): Promise<T> {
    return again(() => this.once(work, isolation));
  }

  /**
   * The same for the hot statements: whatever the tables hold, plans go by index. A prepared statement keeps the plan
   * that was right when it was first planned; on a fresh database that is a sequential scan, which then costs two
   * thirds of the throughput until the next analyze (by which index, early-statistics.ts tells). Begin and settings
   * are no round trip of their own: the first statement is sent behind them.
   */
  inIndexedTransaction<T>(work: (tx: Tx) => Promise<T>, isolation?: 'REPEATABLE READ'): Promise<T> {
    return again(() => this.onceIndexed(work, isolation));
  }

  /** Connections of this process: open ones, those of them that are not in use, and how many wait for one. */
  connections(): { readonly open: number; readonly idle: number; readonly waiting: number } {
    const pool = poolOf(this.dataSource);
    return { open: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
  }

  private async once<T>(work: (tx: ManagedTx) => Promise<T>, isolation?: 'REPEATABLE READ'): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction(isolation);
      const pipeline = this.pipelineOf(client);
      try {
        pipeline.begin(client.query(SET_HERE));
        const result = await work({ ...pipeline.tx(), manager: runner.manager });
        await pipeline.end();
        await timed(() => runner.commitTransaction());
        return result;
      } catch (error) {
        await pipeline.abandon();
        // The connection may be gone; what failed first is what the caller must hear.
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  private async onceIndexed<T>(work: (tx: Tx) => Promise<T>, isolation = 'READ COMMITTED'): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const pipeline = this.pipelineOf(client, () => timed(() => say(client, 'commit')));
      try {
        pipeline.begin(say(client, `begin isolation level ${isolation}`));
        const tx = pipeline.tx();
        tx.send(byIndex);
        const result = await work(tx);
        await pipeline.end();
        return result;
      } catch (error) {
        await pipeline.abandon();
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  private pipelineOf(client: PoolClient, commit?: () => Promise<unknown>): Pipeline {
    return new Pipeline((statement, values) => this.run(client, statement, values), commit);
  }

  private run(client: PoolClient, statement: Statement, values: readonly unknown[]): Promise<Answer> {
    holdWrites(client);
    return client.query({
      name: this.options.namedStatements ? statement.name : undefined,
      text: statement.text,
      values: values.map((value) => (Array.isArray(value) ? arrayLiteral(value as ArrayItem[]) : value)),
    });
  }
}

/** A word that is not prepared, in one write with what is said around it. */
function say(client: PoolClient, text: string): Promise<unknown> {
  holdWrites(client);
  return client.query(text);
}

/** How long a commit takes, with what was sent just before it. */
async function timed(commit: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await commit();
  commits.observe((performance.now() - began) / 1_000);
}

/** Runs `once` until no other transaction gets in its way, but not for ever. */
async function again<T>(once: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isTransient(error)) throw error;
      // Apart from those who met the same fate.
      await pause(Math.random() * 10 * attempt);
    }
  }
}
