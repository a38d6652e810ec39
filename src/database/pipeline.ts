import type { Statement } from './statement.js';
import type { Tx } from './tx.js';

/** What the server says to a statement. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** Rows that were touched. */
  readonly rowCount: number | null;
}

type Run = (statement: Statement, values: readonly unknown[]) => Promise<Answer>;

/**
 * The statements of one transaction. They go out in the order in which they are given, each without waiting for the
 * answers to those before (the pool's connections are opened for that), so a transaction waits only where it needs what
 * it asked for: a batch of reports on new images twice, begin and commit included. A statement that fails makes Postgres
 * refuse all that follow, the commit too; what is thrown is always the first error, which says whether it is worth
 * another try.
 */
export class Pipeline {
  private readonly sent: Promise<unknown>[] = [];
  private failure: { readonly error: unknown } | null = null;
  private ended = false;

  /** @param commit left out where somebody else commits, once `end` has resolved */
  constructor(
    private readonly run: Run,
    private readonly commit?: () => Promise<unknown>,
  ) {}

  /** What opened the transaction; the first statement does not wait for it. */
  begin(answer: Promise<unknown>): void {
    this.keep(this.firstError(answer));
  }

  /** The transaction as work sees it. */
  tx(): Tx {
    return {
      query: async (statement: Statement, values: readonly unknown[] = []) =>
        (await this.ask(statement, values)).rows,
      count: async (statement: Statement, values: readonly unknown[] = []) =>
        (await this.ask(statement, values)).rowCount ?? 0,
      send: (statement: Statement, values: readonly unknown[] = []) => this.keep(this.ask(statement, values)),
      finish: async (statement: Statement, values: readonly unknown[] = []) => {
        const answer = this.ask(statement, values);
        this.sendCommit();
        return (await answer).rows;
      },
    } as Tx;
  }

  /** Commits, if that was not sent yet. Nothing more is sent. Throws unless everything went well. */
  async end(): Promise<void> {
    this.sendCommit();
    await Promise.all(this.sent);
    // Postgres answers `commit` kindly even where it rolls back.
    if (this.failure !== null) throw this.failure.error;
  }

  /** Nothing more is sent, and what was is answered, well or not. */
  async abandon(): Promise<void> {
    this.ended = true;
    await Promise.allSettled(this.sent);
  }

  private sendCommit(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.commit !== undefined) this.keep(this.firstError(this.commit()));
  }

  private keep(answer: Promise<unknown>): void {
    // Told by `end`, or by the next query.
    answer.catch(() => undefined);
    this.sent.push(answer);
  }

  private ask(statement: Statement, values: readonly unknown[]): Promise<Answer> {
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
