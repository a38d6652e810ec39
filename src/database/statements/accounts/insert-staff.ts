import type { Tx } from '../../tx.js';

const statement = {
  name: 'insert-staff',
  text: `
    insert into staff (email, password_hash, admin)
    values ($1, $2, $3)
    on conflict (email) do nothing
    returning id`,
};

/** Makes an account, without a password where there is no hash of one; no row when there is one of this address (in lower case) already. */
export const insertStaff = (
  tx: Tx,
  email: string,
  passwordHash: string | null,
  admin: boolean,
): Promise<{ id: string }[]> => tx.query(statement, [email, passwordHash, admin]);
