import type { UndoDecision } from '../command.js';
import type { Verdict } from '../verdict.js';
import {
  type Block,
  type CaseState,
  type ImageState,
  isAppealed,
  isBlockedBy,
  saidOfLifted,
  withoutOutranked,
} from '../image-state.js';
import { type Draft, settle, turn } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { applyRule, raiseInQueue } from './apply-rule.js';

/**
 * Takes a decision back, as a delta: what it removed comes back if its cause still holds, what it added goes, what
 * came later stays (docs/rules.md, rule 15). Undoing a keep does not bring back its round: counting goes on in the
 * current one.
 */
export function undoDecision(
  state: ImageState,
  command: UndoDecision,
  rule: VersionedRule,
  now: number,
): Verdict {
  if (command.decidedBy !== command.staffId && !command.lead) return { ok: false, refusal: 'needs-lead' };
  if (!command.latest) return { ok: false, refusal: 'not-latest' };
  // What was decided before anybody had looked was decided on the first bytes.
  if ((command.contentVersion ?? 1) !== (state.content ?? 1)) return { ok: false, refusal: 'newer-content' };
  if (command.newerCase) return { ok: false, refusal: 'newer-case' };
  const { delta } = command;

  const standing = state.blocks.filter((block) => !includes(delta.added, block));
  const ended = ({ source, ref }: Block): boolean => source === 'match' && command.endedSources.includes(ref);
  const returning = delta.removed.filter((block) => !includes(standing, block) && !ended(block));
  const blocks = withoutOutranked([...standing, ...returning], state.protected);
  const back: ImageState = {
    ...state,
    blocks,
    keptAt: command.action === 'keep' ? delta.keptAt : state.keptAt,
    case: reopened(
      state.case,
      delta,
      isBlockedBy('threshold', blocks) && !isBlockedBy('threshold', state.blocks),
    ),
  };
  // Votes that came after a decision never had the chance to cross: they do now. Without any, the undo is exact.
  // Those who are not counted are among them: their case opens nevertheless (rule 9).
  const { next, drafts } = command.spokenSince
    ? applyRule(state, back, rule, now, {
        heard: command.heard,
        breaker: command.breaker ?? null,
        spoken: command.spoken,
        severe: command.severe === true,
      })
    : { next: raiseInQueue(back, rule, now, command.severe), drafts: [] };
  const lifted = state.protected ? saidOfLifted(returning, blocks) : [];
  const undone: Draft = { type: 'decision.undone', data: { action: command.action, lifted } };
  const actor = { kind: 'staff', id: command.staffId } as const;
  const settled = settle(state, { next, drafts: [undone, ...drafts], actor, now });
  return { ...settled, delta: null, severeSpentBy: null };
}

const includes = (blocks: readonly Block[], { source, ref }: Block): boolean =>
  blocks.some((block) => block.source === source && block.ref === ref);

/**
 * With the appeal that the decision had ended. The rule's block that comes back, or the hold, has the time for its review
 * anew, and nobody has told that it is over.
 */
function reopened(
  moderationCase: CaseState | null,
  { caseStatus, held, appealed }: UndoDecision['delta'],
  blockReturns: boolean,
): CaseState | null {
  if (moderationCase === null || caseStatus === null) return moderationCase;
  const isHeld = caseStatus === 'open' && moderationCase.hold !== null && held !== false;
  const holdReturns = isHeld && !moderationCase.held;
  const open = {
    ...turn(moderationCase, { status: caseStatus, outcome: null, held: isHeld }),
    overdueFor: blockReturns || holdReturns ? null : moderationCase.overdueFor,
  };
  return appealed === true && !isAppealed(open) ? { ...open, flags: [...open.flags, 'appealed'] } : open;
}
