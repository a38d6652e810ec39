import type { Tx } from './tx.js';

const steer = {
  name: 'steer-to-indexes',
  text: `
    select set_config('enable_seqscan', 'off', true),
           set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true),
           set_config('plan_cache_mode', 'force_generic_plan', true)`,
};

/**
 * For the rest of the transaction, plans go by index, whatever the tables hold. A prepared statement keeps the plan
 * that was right when it was first planned; on a fresh database that is a sequential scan, which then costs two
 * thirds of the throughput until the next analyze.
 */
export async function steerToIndexes(tx: Tx): Promise<void> {
  await tx.query(steer);
}
