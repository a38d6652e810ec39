import type { Tx } from '../../tx.js';
import { MOST_PROBLEMS, type ReconcileProblem } from './reconcile-problem.js';

const statement = {
  name: 'reconcile-addresses',
  // An image whose key is the address of another would never be found again: the address wins.
  text: `
    select a.site_id as "siteId", a.image_id as "imageId",
           format('the address %s leads to it, and it became image %s', a.url, i.merged_into) as problem
    from address a
    join image i on i.site_id = a.site_id and i.id = a.image_id
    where i.merged_into is not null
    union all
    select i.site_id, i.id, format('its key is also an address of image %s', a.image_id)
    from image i
    join address a on a.site_id = i.site_id and a.hash = i.key_hash and a.image_id <> i.id
    where i.merged_into is null
    order by 1, 2
    limit ${MOST_PROBLEMS}`,
};

/** Addresses that lead nowhere, and images that no address leads to any more. */
export const reconcileAddresses = (tx: Tx): Promise<ReconcileProblem[]> => tx.query(statement);
