import type { EntityManager } from 'typeorm';
import type { Statement } from './statement.js';

declare const transactional: unique symbol;

/**
 * An open transaction. Whatever must be atomic takes it as first argument, and only `Database` makes
 * one, so code that would be unsafe does not compile. No network call while one is open.
 */
export interface Tx {
  readonly [transactional]: true;
  /** The rows of a statement. */
  query<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
  /** How many rows a statement touched. */
  count(statement: Statement, values?: readonly unknown[]): Promise<number>;
  /**
   * Sends a statement of whose rows nobody has need, and does not wait for it: what follows is sent behind it. Should it
   * fail, whatever is awaited next throws its error, the end of the transaction at the latest.
   */
  send(statement: Statement, values?: readonly unknown[]): void;
  /**
   * The last statement: the commit is sent right behind it, so that what it locks is free again without our being asked.
   * Its rows are not to be believed before the transaction has ended well.
   */
  finish<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/** A transaction of the settings doors: with TypeORM's view of it, for the settings tables. */
export interface ManagedTx extends Tx {
  readonly manager: EntityManager;
}
