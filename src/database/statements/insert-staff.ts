import type { Tx } from '../tx.js';

const statement = {
  name: 'insert-staff',
  text: `
    insert into staff (email, password_hash, admin)
    values ($1, $2, $3)
    on conflict (email) do nothing
    returning id`,
};

/** Makes an account; no row when there is one of this address (in lower case) already. */
export const insertStaff = (
  tx: Tx,
  email: string,
  passwordHash: string,
  admin: boolean,
): Promise<{ id: string }[]> => tx.query(statement, [email, passwordHash, admin]);
