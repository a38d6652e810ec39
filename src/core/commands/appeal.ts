import type { Actor, Appeal } from '../command.js';
import type { Verdict } from '../verdict.js';
import {
  awaitsDecision,
  type Block,
  type CaseState,
  type ImageState,
  isAppealed,
  withoutAppeal,
} from '../image-state.js';
import { SEVERE_REASON } from '../reasons.js';
import { type Draft, settle, turn, unchanged } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { newCase, placeInQueue, raiseInQueue } from './apply-rule.js';

/**
 * The site says that a blocked picture is right: its case goes up in the queue, or one opens, again where it was closed.
 * Nothing is lifted: a person decides, which ends the appeal. What nothing hides, and what the site's own block alone hides,
 * needs no appeal.
 */
export function appeal(
  state: ImageState,
  { severe = false }: Appeal,
  actor: Actor,
  rule: VersionedRule,
  now: number,
): Verdict {
  const { blocks } = state;
  if (blocks.length === 0) return { ok: false, refusal: 'nothing-to-appeal' };
  if (!blocks.some(isOfOthers)) return { ok: false, refusal: 'own-block' };
  if (awaitsDecision(state.case) && isAppealed(state.case)) return unchanged(state);
  const isOpen = awaitsDecision(state.case);
  const waiting = isOpen ? state.case : caseToLookAgain(state, now);
  const flagged = {
    ...state,
    case: { ...waiting, severe: waiting.severe || severe, flags: [...waiting.flags, 'appealed' as const] },
  };
  const next = isOpen ? raiseInQueue(flagged, rule, now) : placeInQueue(flagged, rule, now);
  const opened: Draft = {
    type: 'case.opened',
    data: { round: waiting.round, again: state.case !== null, severe: flagged.case.severe },
  };
  const appealed: Draft = { type: 'image.appealed', data: {} };
  const drafts = isOpen ? [appealed] : [appealed, opened];
  return { ...settle(state, { next, drafts, actor, now }), delta: null, severeSpentBy: null };
}

/** The site takes its appeal back. The case stays, at its usual place: whether it was worth a look is a person's to say. */
export function withdrawAppeal(state: ImageState, actor: Actor, rule: VersionedRule, now: number): Verdict {
  if (!awaitsDecision(state.case) || !isAppealed(state.case)) return unchanged(state);
  const next = raiseInQueue({ ...state, case: withoutAppeal(state.case) }, rule, now);
  const withdrawn: Draft = { type: 'appeal.withdrawn', data: {} };
  return { ...settle(state, { next, drafts: [withdrawn], actor, now }), delta: null, severeSpentBy: null };
}

/** The round's case once more, waiting from now on, or a first one where staff blocked the image outside of any. */
function caseToLookAgain(state: ImageState, now: number): CaseState {
  if (state.case !== null)
    return { ...turn(state.case, { status: 'open', outcome: null }), waitingSince: now };
  const severe = state.blocks.some((block) => isOfOthers(block) && block.reason === SEVERE_REASON);
  return { ...newCase(state.round, now), severe };
}

const isOfOthers = ({ source }: Block): boolean => source !== 'publisher';
