import type { Tx } from '../../tx.js';

const count = {
  name: 'count-watched',
  text: `
    select count(*)::int as watched,
           count(*) filter (where w.failures > 0)::int as failing,
           (extract(epoch from clock_timestamp() - min(w.next_at)))::float8 as "lateSeconds"
    from watched_address w
    where w.ended_at is null`,
};

/** How looking at addresses goes. */
export interface WatchedCounts {
  readonly watched: number;
  /** The last look at them gave nothing. */
  readonly failing: number;
  /** For how long the look that waits longest has been due; negative: none is; null: none is planned. */
  readonly lateSeconds: number | null;
}

/** Over all sites. */
export async function countWatched(db: Pick<Tx, 'query'>): Promise<WatchedCounts> {
  const [row] = await db.query<WatchedCounts>(count);
  return row ?? { watched: 0, failing: 0, lateSeconds: null };
}
