import type { Tx } from '../tx.js';

const statement = {
  name: 'change-password',
  text: `update staff set password_hash = $2 where id = $1`,
};

/** Gives an account another password, hashed. */
export const changePasswordRow = (tx: Tx, staffId: string, passwordHash: string): Promise<number> =>
  tx.count(statement, [staffId, passwordHash]);
