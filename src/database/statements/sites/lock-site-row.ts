import type { Tx } from '../../tx.js';

const statement = {
  name: 'lock-site-row',
  text: `select 1 from site where id = $1 for no key update`,
};

/** Lets one change of a site's settings at a time look at what there is, and add to it. */
export const lockSiteRow = (tx: Tx, siteId: string): void => tx.send(statement, [siteId]);
