import { loadVotes, withdrawVotes } from '../database/statements/cast-votes.js';
import type { ImageRow } from '../database/statements/lock-images.js';
import type { Tx } from '../database/tx.js';
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
  const key = { siteId, imageId: id, round, reporter };
  const [vote] = await loadVotes(tx, [key]);
  if (vote === undefined) return { ok: false, refusal: 'unknown-vote', imageId: id, case: null };
  withdrawVotes(tx, [key]);
  return {
    ok: true,
    imageId: id,
    round,
    visibility: { blocked: false, version },
    case: null,
    recorded: false,
    decisionId: null,
  };
}
