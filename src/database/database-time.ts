declare const ofDatabase: unique symbol;

/**
 * A time by the database's clock: statements give such, and what is reckoned from one is another. A `Date` that a process
 * made of its own clock, which lags or is ahead, is none, and does not compile where one is asked for.
 */
export type DatabaseTime = Date & { readonly [ofDatabase]: true };

/** So many ms later. */
export const laterBy = (time: DatabaseTime, milliseconds: number): DatabaseTime =>
  new Date(time.getTime() + milliseconds) as DatabaseTime;
