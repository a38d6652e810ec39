import type { WithdrawVote } from '../command.js';
import type { Verdict } from '../verdict.js';
import type { ImageState } from '../image-state.js';
import { applyLeftOut } from '../left-out.js';
import { settle } from '../settle.js';
import { applyVotes } from '../tally.js';
import type { VersionedRule } from '../threshold-rule.js';
import { placeInQueue } from './apply-rule.js';
import { flagCase } from './flag-case.js';

/**
 * A withdrawal lowers the tally of its round. After the crossing it never unblocks: it flags the case (rules 8 and
 * 18). It never opens one: fewer votes can only change the place in the queue.
 */
export function withdrawVote(
  state: ImageState,
  command: WithdrawVote,
  rule: VersionedRule,
  now: number,
): Verdict {
  const remaining = command.round === state.round ? without(state, command) : state;
  const flagged = wasEvidence(state, command)
    ? flagCase(remaining, 'support-withdrawn')
    : { next: remaining, drafts: [] };
  const next = placeInQueue(flagged.next, rule, now);
  const settled = settle(state, {
    next,
    drafts: flagged.drafts,
    actor: { kind: 'reader', id: null },
    now,
  });
  return { ...settled, delta: null, severeSpentBy: null };
}

const without = (state: ImageState, { vote, leftOut }: WithdrawVote): ImageState =>
  leftOut === null
    ? { ...state, tally: applyVotes(state.tally, [vote]) }
    : { ...state, leftOut: applyLeftOut(state.leftOut, [{ from: leftOut, to: null }]) };

/** Was the vote counted when the standing block was made? That block names its round. */
const wasEvidence = (state: ImageState, { round, castAt, leftOut }: WithdrawVote): boolean =>
  leftOut === null &&
  state.blocks.some(
    ({ source, ref, since }) => source === 'threshold' && ref === String(round) && castAt <= since,
  );
