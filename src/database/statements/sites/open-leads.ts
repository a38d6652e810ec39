import type { Tx } from '../../tx.js';

const statement = {
  name: 'open-leads',
  // By the primary key of membership.
  text: `
    select m.staff_id::text as id
      from membership m
      join staff s on s.id = m.staff_id
     where m.site_id = $1 and m.role = 'lead' and s.disabled_at is null`,
};

/** The ids of a site's leads whose accounts are open. */
export async function openLeads(tx: Pick<Tx, 'query'>, siteId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(statement, [siteId]);
  return rows.map(({ id }) => id);
}
