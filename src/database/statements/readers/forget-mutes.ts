import type { Tx } from '../../tx.js';

const forget = {
  name: 'forget-mutes',
  // As many as were muted for a time: no index.
  text: `
    with over as materialized (
      select site_id, reporter from muted_reporter
      where until < clock_timestamp()
      limit $1
      for update skip locked
    )
    delete from muted_reporter m using over where m.site_id = over.site_id and m.reporter = over.reporter`,
};

/** Removes at most so many mutes that are over; how many went. */
export const forgetMutes = (tx: Tx, limit: number): Promise<number> => tx.count(forget, [limit]);
