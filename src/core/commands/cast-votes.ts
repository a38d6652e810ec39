import type { CastVote, CastVotes, Verdict } from '../command.js';
import type { ImageState } from '../image-state.js';
import { SEVERE_REASON } from '../reasons.js';
import { settle, unchanged } from '../settle.js';
import { applyVotes } from '../tally.js';
import type { VersionedRule } from '../threshold-rule.js';
import { applyRule, crossingNow, RULE } from './apply-rule.js';

/**
 * Readers' votes: count them, block at the threshold, open or raise the case. All votes of one transaction count at
 * once, so a crossing adds one block and one event however many arrive together (rule 7), and its evidence may name
 * more than K reporters.
 */
export function castVotes(state: ImageState, command: CastVotes, rule: VersionedRule, now: number): Verdict {
  if (command.votes.length === 0) return unchanged(state);
  const counted: ImageState = { ...state, tally: applyVotes(state.tally, command.votes) };
  const single = command.siteSevereBudget > 0 ? command.votes.findIndex(isSevereAlone) : -1;
  // Budgets are spent only where nothing but them lets the image be blocked.
  const alone = single >= 0 && crossingNow(counted, rule, now, false) === null;
  const { next, drafts, crossed } = applyRule(state, counted, rule, now, alone);
  return {
    delta: null,
    severeSpentBy: alone && crossed ? single : null,
    ...settle(state, { next, drafts, actor: RULE, now }),
  };
}

const isSevereAlone = ({ from, to, mayBlockAlone }: CastVote): boolean =>
  mayBlockAlone && to !== null && to.includes(SEVERE_REASON) && from?.includes(SEVERE_REASON) !== true;
