import { withdrawVotes } from '../database/statements/votes/cast-votes.js';
import type { ImageRow } from '../database/statements/images/lock-images.js';
import type { Tx } from '../database/tx.js';
import { findVote } from './find-vote.js';
import type { Outcome, WithdrawReport } from './image-command.js';

/**
 * Withdraws a vote of a round that had ended when its image became part of another: it stayed behind, since only votes of
 * the current round move. It counts nowhere, so nothing but the vote changes; its reader sees that it is withdrawn.
 */
export async function withdrawLeftBehind(
  tx: Tx,
  { round, reporter }: WithdrawReport,
  { siteId, id, version }: ImageRow,
): Promise<Outcome> {
  const vote = await findVote(tx, { siteId, imageId: id, round, reporter });
  if (vote === undefined) return { ok: false, refusal: 'unknown-vote', imageId: id, case: null };
  withdrawVotes(tx, [vote]);
  return {
    ok: true,
    imageId: id,
    round,
    visibility: { blocked: false, version },
    case: null,
    recorded: false,
    voter: null,
    decisionId: null,
  };
}
