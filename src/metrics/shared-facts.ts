import pTimeout from 'p-timeout';
import type { Database } from '../database/database.js';
import {
  type OperationFacts,
  readOperationFacts,
} from '../database/statements/server/read-operation-facts.js';

/** Milliseconds for which what Postgres said is told again. */
const FRESH = 3_000;
/** Milliseconds that a scrape waits for Postgres: less than Prometheus waits for the scrape (ten seconds). */
const PATIENCE = 4_000;

/** What Postgres said, and by how far its clock is ahead of ours, in seconds. */
export interface ToldFacts extends OperationFacts {
  readonly clockOffset: number;
}

/**
 * Asks Postgres for the facts of the whole installation: once for all who ask at the same time, and at most every three
 * seconds however often they do, so that scraping is nothing that could overload it.
 */
export class SharedFacts {
  private asked: Promise<ToldFacts | null> | null = null;
  private freshUntil = 0;

  constructor(
    private readonly database: Pick<Database, 'inIndexedTransaction'>,
    private readonly cursor: () => number,
    private readonly pseudonymDays: number,
    private readonly patience = PATIENCE,
  ) {}

  /** Null: Postgres did not answer in time. */
  read(): Promise<ToldFacts | null> {
    if (this.asked === null || performance.now() >= this.freshUntil) {
      this.freshUntil = Infinity;
      this.asked = this.ask().finally(() => (this.freshUntil = performance.now() + FRESH));
    }
    return this.asked;
  }

  private async ask(): Promise<ToldFacts | null> {
    return await pTimeout(this.facts(), { milliseconds: this.patience }).catch(() => null);
  }

  private async facts(): Promise<ToldFacts> {
    const before = Date.now();
    const facts = await this.database.inIndexedTransaction((tx) =>
      readOperationFacts(tx, this.cursor(), this.pseudonymDays),
    );
    // Its clock was read some time between the two.
    return { ...facts, clockOffset: facts.clock - (before + Date.now()) / 2_000 };
  }
}
