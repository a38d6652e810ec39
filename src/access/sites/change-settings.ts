import type { Database } from '../../database/database.js';
import type { ManagedTx } from '../../database/tx.js';
import type { KeyDirectory } from '../keys/key-directory.js';

/** Runs changes to settings and accounts, so that the next request in this process sees them. */
export class ChangeSettings {
  constructor(
    private readonly database: Database,
    private readonly keys: Pick<KeyDirectory, 'forget'>,
  ) {}

  /** Runs `change` in one transaction. Throws what it throws. */
  async run<T>(change: (tx: ManagedTx) => Promise<T>): Promise<T> {
    const result = await this.database.inTransaction(change);
    this.keys.forget();
    return result;
  }

  /** Reads settings, all as they were at one moment. */
  read<T>(work: (tx: ManagedTx) => Promise<T>): Promise<T> {
    return this.database.inTransaction(work, 'REPEATABLE READ');
  }
}
