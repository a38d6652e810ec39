import type { Verdict, WithdrawVote } from '../command.js';
import { awaitsDecision, type ImageState } from '../image-state.js';
import { type Draft, settle } from '../settle.js';
import { applyVotes } from '../tally.js';
import type { VersionedRule } from '../threshold-rule.js';
import { placeInQueue } from './apply-rule.js';

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
  const isCurrent = command.round === state.round;
  const counted = isCurrent ? { ...state, tally: applyVotes(state.tally, [command.vote]) } : state;
  const flagged = wasEvidence(state, command) ? flag(counted) : counted;
  const drafts: Draft[] =
    flagged === counted ? [] : [{ type: 'case.flagged', data: { flag: 'support-withdrawn' } }];
  const next = placeInQueue(flagged, rule);
  const settled = settle(state, { next, drafts, actor: { kind: 'reader', id: null }, now });
  return { ...settled, delta: null, severeSpentBy: null };
}

/** Was the vote counted when the standing block was made? That block names its round. */
const wasEvidence = (state: ImageState, { round, castAt }: WithdrawVote): boolean =>
  state.blocks.some(
    ({ source, ref, since }) => source === 'threshold' && ref === String(round) && castAt <= since,
  );

const flag = (state: ImageState): ImageState =>
  awaitsDecision(state.case) && !state.case.flags.includes('support-withdrawn')
    ? { ...state, case: { ...state.case, flags: [...state.case.flags, 'support-withdrawn'] } }
    : state;
