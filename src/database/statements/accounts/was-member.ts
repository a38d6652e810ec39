import type { Tx } from '../../tx.js';

const statement = {
  name: 'find-removed-member',
  text: `select from account_event where staff_id = $1 and site_id = $2 and type = 'member-removed' limit 1`,
};

/** Whether this person was once taken from this site. */
export const wasMember = async (tx: Pick<Tx, 'query'>, staffId: string, siteId: string): Promise<boolean> =>
  (await tx.query(statement, [staffId, siteId])).length > 0;
