import type { Tx } from '../../tx.js';

const forget = {
  name: 'forget-skips',
  // As many as moderators put aside within a while: no index.
  text: `
    with over as materialized (
      select case_id, staff_id from case_skip
      where until < clock_timestamp()
      limit $1
      for update skip locked
    )
    delete from case_skip k using over where k.case_id = over.case_id and k.staff_id = over.staff_id`,
};

/** Removes at most so many cases that were put aside and are offered again; how many went. */
export const forgetSkips = (tx: Tx, limit: number): Promise<number> => tx.count(forget, [limit]);
