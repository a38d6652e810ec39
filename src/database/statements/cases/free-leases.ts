import type { Tx } from '../../tx.js';

const statement = {
  name: 'free-leases',
  // In id order, as everybody locks cases.
  text: `
    with held as (
      select id
      from moderation_case
      where lease_holder = $2 and site_id = $1
      order by id
      for update
    )
    update moderation_case c
    set lease_holder = null, lease_token = null, lease_expires_at = null
    from held
    where c.site_id = $1 and c.id = held.id
    returning c.id`,
};

const everywhere = {
  name: 'free-leases-everywhere',
  // By moderation_case_lease.
  text: `
    with held as (
      select site_id, id
      from moderation_case
      where lease_holder = $1
      order by id
      for update
    )
    update moderation_case c
    set lease_holder = null, lease_token = null, lease_expires_at = null
    from held
    where c.site_id = held.site_id and c.id = held.id`,
};

/** Ends every lease that a member of staff holds on cases of a site: the cases are offered to others at once. */
export const freeLeases = (tx: Tx, siteId: string, staffId: string): Promise<{ id: string }[]> =>
  tx.query(statement, [siteId, staffId]);

/** The same on all sites; how many they held. */
export const freeAllLeases = (tx: Tx, staffId: string): Promise<number> => tx.count(everywhere, [staffId]);
