import { countAdmins } from '../database/statements/accounts/lock-staff.js';
import type { Tx } from '../database/tx.js';

/** How to make the first admin; null: there is one whose account is open. */
export async function adviseFirstAdmin(database: Pick<Tx, 'query'>): Promise<string | null> {
  if ((await countAdmins(database)) > 0) return null;
  return (
    'There is no admin. To get in, make one, with a link to set the password: ' +
    'npm run cli -- staff invite --email you@example.ma --admin'
  );
}
