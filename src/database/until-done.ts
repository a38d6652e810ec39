import type { Database } from './database.js';
import type { Tx } from './tx.js';

/** What one transaction of many came to. */
export interface Part<Place> {
  /** Rows that went. */
  readonly gone: number;
  /** Where the next one goes on; null: this was the last. */
  readonly next: Place | null;
}

/**
 * Runs transactions, each of them whole by itself, until one was the last, or all is `stopped`. One that is run again, since
 * another was in its way, begins where it began.
 *
 * @returns how many rows went in all
 */
export async function untilDone<Place>(
  database: Database,
  stopped: () => boolean,
  first: Place,
  part: (tx: Tx, from: Place) => Promise<Part<Place>>,
): Promise<number> {
  let gone = 0;
  for (let place: Place | null = first; place !== null && !stopped();) {
    const from: Place = place;
    const done = await database.inIndexedTransaction((tx) => part(tx, from));
    gone += done.gone;
    place = done.next;
  }
  return gone;
}

/** For parts that all begin alike: whatever is still there is looked for again. */
export const AGAIN = 'again';

/** @param limit rows that one part takes at most: as many, and there may be more */
export const partOf = (gone: number, limit: number): Part<typeof AGAIN> => ({
  gone,
  next: gone === limit ? AGAIN : null,
});
