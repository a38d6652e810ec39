import type { Tx } from '../../tx.js';
import { CLAIMED, type ClaimedJob, type JobAttempt } from './job-row.js';

const statement = {
  name: 'claim-job',
  text: `
    update job j
    set attempts      = j.attempts + 1,
        relayed_until = null,
        locked_until  = clock_timestamp() + make_interval(secs => $4),
        claimed_at    = clock_timestamp()
    where j.id = $1 and j.attempts = $2 and j.relays = $3 and j.relayed_until is not null and j.kind = any($5::text[])
    returning ${CLAIMED}`,
};

/**
 * Claims what Redis brought; undefined when it has been relayed again, taken back or run since, which Redis can not
 * know, or when it is of another kind.
 */
export async function claimJob(
  db: Pick<Tx, 'query'>,
  { id, attempts, relays }: JobAttempt,
  claim: { readonly seconds: number; readonly kinds: readonly string[] },
): Promise<ClaimedJob | undefined> {
  const [row] = await db.query<ClaimedJob>(statement, [id, attempts, relays, claim.seconds, claim.kinds]);
  return row;
}
