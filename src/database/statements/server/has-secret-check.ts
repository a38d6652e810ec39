import type { Tx } from '../../tx.js';

const statement = {
  name: 'has-secret-check',
  text: `select exists (select from installation) as present`,
};

/** Whether the database knows under which secret it was filled. */
export async function hasSecretCheck(db: Pick<Tx, 'query'>): Promise<boolean> {
  const [row] = await db.query<{ present: boolean }>(statement);
  return row?.present ?? false;
}
