import { loadVotes, type StandingVote, type VoteKey } from '../database/statements/votes/cast-votes.js';
import type { Tx } from '../database/tx.js';

/**
 * The vote behind a receipt: of a device's vote that became its account's, the account's, since that is now this person's
 * vote. To be withdrawn by the key that it has itself.
 */
export async function findVote(tx: Tx, key: VoteKey): Promise<StandingVote | undefined> {
  const [vote] = await loadVotes(tx, [key]);
  if (vote === undefined || vote.linkedTo === null) return vote;
  const [account] = await loadVotes(tx, [{ ...key, reporter: vote.linkedTo }]);
  return account;
}
