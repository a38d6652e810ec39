import type { Database } from './database.js';
import { Regularly } from './regularly.js';
import type { Tx } from './tx.js';
import { AGAIN, partOf, untilDone } from './until-done.js';

const EVERY_MILLISECONDS = 600_000;

/** Rows at once: some milliseconds of work. */
const AT_ONCE = 2_000;

/** Removes at most `limit` rows; how many went. */
export type ForgetSome = (tx: Tx, limit: number) => Promise<number>;

/** Removes rows that nobody needs any more, from time to time. Many processes that do it do not get into each other's way. */
export abstract class ForgetRegularly extends Regularly {
  /**
   * @param name in the log
   * @param complaint what is said there when it failed
   */
  constructor(
    private readonly database: Database,
    name: string,
    complaint: string,
    private readonly statements: readonly ForgetSome[],
  ) {
    super(name, complaint, EVERY_MILLISECONDS);
  }

  /** Removes all there is to remove. */
  async forget(): Promise<void> {
    for (const some of this.statements) {
      await untilDone(
        this.database,
        () => this.stopped,
        AGAIN,
        async (tx) => partOf(await some(tx, AT_ONCE), AT_ONCE),
      );
    }
  }

  protected once(): Promise<void> {
    return this.forget();
  }
}
