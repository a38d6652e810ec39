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
}

/** A transaction of the settings doors: with TypeORM's view of it, for the settings tables. */
export interface ManagedTx extends Tx {
  readonly manager: EntityManager;
}
