import type { Tx } from '../../tx.js';

const insert = {
  name: 'insert-secret-check',
  text: `
    insert into installation (secret_check)
    values ($1)
    on conflict do nothing`,
};

const read = {
  name: 'read-secret-check',
  text: `
    select secret_check as "secretCheck"
      from installation`,
};

/** The check value that this database was filled under; `offered` becomes it when there is none yet. */
export async function secretCheck(db: Pick<Tx, 'query'>, offered: Buffer): Promise<Buffer | undefined> {
  await db.query(insert, [offered]);
  // A statement of its own: only its snapshot sees the row of a process that was faster.
  const [row] = await db.query<{ secretCheck: Buffer }>(read);
  return row?.secretCheck;
}
