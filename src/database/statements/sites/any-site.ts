import type { Tx } from '../../tx.js';

const statement = { name: 'any-site', text: 'select exists (select from site) as "any"' };

/** Is there a site at all? A database without one is new. */
export async function anySite(db: Pick<Tx, 'query'>): Promise<boolean> {
  const [row] = await db.query<{ any: boolean }>(statement);
  return row?.any ?? false;
}
