import type { Tx } from '../../tx.js';

const statement = {
  name: 'limit-statements',
  // Plans that were right for other times are not for these. In so much memory they sort and hash a million rows. They are not compiled,
  // as nothing in a transaction (database.ts): it would cost them more than it saves.
  text: `
    select set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true),
           set_config('work_mem', '32MB', true), set_config('plan_cache_mode', 'force_custom_plan', true)`,
};

/**
 * From here to the end of the transaction no statement takes longer than this: it ends with an error (`isTooSlow`). Nor is longer
 * waited for the next one: what was fetched may take its time to be played, and who only reads holds up nobody meanwhile.
 */
export const limitStatements = (tx: Tx, milliseconds: number): void =>
  tx.send(statement, [String(milliseconds)]);
