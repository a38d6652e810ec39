import type { Tx } from '../../tx.js';
import { COUNTS_FOR_BREAKER } from './rule-blocks.js';
import { siteLock } from '../sites/site-lock.js';

// One batch at a time per site looks at its breaker and goes through. After the images and the severe budgets, before new
// images by key and the log.
const lock = siteLock('lock-breakers', 'breaker');

/** Exported for the proof of its plan. */
export const breakerStatement = {
  name: 'read-breakers',
  // A statement of its own, since one that waited for the lock sees the log as it was before the wait. Reads no more of the log
  // than what the site's rule blocked within the hour: some tens of lines.
  text: `
    select s.id as "siteId",
           (select count(*)::int from event e where e.site_id = s.id and e.at > $2 and ${COUNTS_FOR_BREAKER}) as blocks,
           (select max(e.at) from event e where e.site_id = s.id and e.at > $2 and e.type = 'site.breaker') as "trippedAt"
    from unnest($1::bigint[]) as s (id)`,
};

/** What of a site's log is of interest to its breaker. */
export interface BreakerRow {
  readonly siteId: string;
  /** Automatic blocks since the time that was asked for. */
  readonly blocks: number;
  /** When its site was told last, if that was since then. */
  readonly trippedAt: Date | null;
}

/** Serializes all that go through the breakers of these sites, until the transaction ends. */
export const lockBreakers = (tx: Tx, siteIds: readonly string[]): void => tx.send(lock, [siteIds]);

/** @param since an hour ago */
export const readBreakers = (
  db: Pick<Tx, 'query'>,
  siteIds: readonly string[],
  since: Date,
): Promise<BreakerRow[]> => db.query(breakerStatement, [siteIds, since]);
