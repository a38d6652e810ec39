import type { Tx } from '../../tx.js';

const statement = {
  name: 'limit-statements',
  // Compiling costs long statements more than it saves, and plans that were right for other times are not for these. In so
  // much memory they sort and hash a million rows.
  text: `
    select set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true),
           set_config('jit', 'off', true), set_config('work_mem', '32MB', true), set_config('plan_cache_mode', 'force_custom_plan', true)`,
};

/**
 * From here to the end of the transaction no statement takes longer than this: it ends with an error (`isTooSlow`). Nor is longer
 * waited for the next one: what was fetched may take its time to be played, and who only reads holds up nobody meanwhile.
 */
export const limitStatements = (tx: Tx, milliseconds: number): void =>
  tx.send(statement, [String(milliseconds)]);
