import type { CastVote, CastVotes } from '../command.js';
import type { Verdict } from '../verdict.js';
import type { ImageState } from '../image-state.js';
import { applyLeftOut } from '../left-out.js';
import { SEVERE_REASON } from '../reasons.js';
import { settle, unchanged } from '../settle.js';
import { applyVotes } from '../tally.js';
import type { VersionedRule } from '../threshold-rule.js';
import { applyRule, crossesNow, RULE } from './apply-rule.js';
import { flagCase } from './flag-case.js';

/**
 * Readers' votes: count them, block at the threshold, open or raise the case. All votes of one transaction count at
 * once, so a crossing adds one block and one event however many arrive together (rule 7), and its evidence may name
 * more than K reporters. A vote that is not counted blocks nothing; but its case opens, urgently for the severe reason.
 */
export function castVotes(state: ImageState, command: CastVotes, rule: VersionedRule, now: number): Verdict {
  const { votes, uncounted, heard, breaker, linked, spoken, old } = command;
  if (votes.length === 0 && uncounted.length === 0) return unchanged(state);
  const counted: ImageState = {
    ...state,
    tally: applyVotes(state.tally, votes),
    leftOut: applyLeftOut(state.leftOut, uncounted),
  };
  const single = command.siteSevereBudget > 0 ? votes.findIndex(isSevereAlone) : -1;
  // Budgets are spent only where nothing but them lets the image be blocked.
  const alone = single >= 0 && !crossesNow(counted, rule, now, { heard, breaker });
  const severe = uncounted.some((vote) => vote.severe);
  const { next, drafts, crossed } = applyRule(state, counted, rule, now, {
    heard,
    breaker,
    alone,
    severe,
    spoken,
    old,
  });
  const flagged = linked ? flagCase(next, 'reporters-linked') : { next, drafts: [] };
  return {
    delta: null,
    severeSpentBy: alone && crossed ? single : null,
    ...settle(state, { next: flagged.next, drafts: [...drafts, ...flagged.drafts], actor: RULE, now }),
  };
}

const isSevereAlone = ({ from, to, mayBlockAlone }: CastVote): boolean =>
  mayBlockAlone && to !== null && to.includes(SEVERE_REASON) && from?.includes(SEVERE_REASON) !== true;
