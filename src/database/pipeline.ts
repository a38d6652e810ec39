import type { Statement } from './statement.js';
import type { Tx } from './tx.js';

type Run = (statement: Statement, values: readonly unknown[]) => Promise<unknown[]>;

/**
 * The statements of one transaction. They go out in the order in which they are given, each without waiting for the
 * answers to those before (the pool's connections are opened for that), so a transaction waits only where it needs what
 * it asked for: a batch of reports five times instead of thirteen. A statement that fails makes Postgres refuse all that
 * follow; what is thrown is always the first error, which says whether it is worth another try.
 */
export class Pipeline {
  private readonly sent: Promise<unknown>[] = [];
  private failure: { readonly error: unknown } | null = null;
  private ended = false;

  constructor(private readonly run: Run) {}

  /** What opened the transaction; the first statement does not wait for it. */
  begin(answer: Promise<unknown>): void {
    this.keep(this.firstError(answer));
  }

  /** The transaction as work sees it. */
  tx(): Tx {
    return {
      query: (statement: Statement, values: readonly unknown[] = []) => this.query(statement, values),
      send: (statement: Statement, values: readonly unknown[] = []) =>
        this.keep(this.query(statement, values)),
    } as Tx;
  }

  /** Nothing more is sent. Throws unless all is well: Postgres answers `commit` kindly even where it rolls back. */
  async end(): Promise<void> {
    this.ended = true;
    await Promise.all(this.sent);
    if (this.failure !== null) throw this.failure.error;
  }

  /** Nothing more is sent, and what was is answered, well or not. */
  async abandon(): Promise<void> {
    this.ended = true;
    await Promise.allSettled(this.sent);
  }

  private keep(answer: Promise<unknown>): void {
    // Told by `end`, or by the next query.
    answer.catch(() => undefined);
    this.sent.push(answer);
  }

  private query(statement: Statement, values: readonly unknown[]): Promise<unknown[]> {
    if (this.ended) {
      return Promise.reject(new Error(`${statement.name} was asked after the end of its transaction`));
    }
    return this.firstError(this.run(statement, values));
  }

  private async firstError<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      this.failure ??= { error };
      throw this.failure.error;
    }
  }
}
