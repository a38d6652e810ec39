import { Injectable } from '@nestjs/common';
import { KeyDirectory } from '../access/key-directory.js';
import { Database } from '../database/database.js';
import type { ManagedTx } from '../database/tx.js';

/** Runs changes to the settings, so that the next request in this process sees them. */
@Injectable()
export class ChangeSettings {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyDirectory,
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
