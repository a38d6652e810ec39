import type { Actor } from '../command.js';
import type { HoldFinding } from '../hold-finding.js';
import {
  awaitsDecision,
  type Block,
  type CaseHold,
  type CaseState,
  type ImageState,
  isAppealed,
  isBlockedBy,
  withoutNeedlessHold,
} from '../image-state.js';
import { peopleLeftOut } from '../left-out.js';
import { type PriorityFacts, priorityOf, raisedPriority } from '../priority.js';
import type { Draft } from '../settle.js';
import { reporters } from '../tally.js';
import { commonestReason, isReached, severeReporters } from '../threshold.js';
import type { VersionedRule } from '../threshold-rule.js';
import { viewsNow } from '../views.js';
import { type Heard, type Judgement, judgeVotes } from './judge-votes.js';

/** What a rule does is the rule's own act, whoever's command made it look. */
export const RULE: Actor = { kind: 'rule', id: null };

/** Would the rule block the image now? */
export const crossesNow = (state: ImageState, rule: VersionedRule, now: number, heard: Heard): boolean =>
  judgeVotes(state, rule, now, heard)?.verdict === 'block';

/** The block that a crossing adds, with its evidence frozen (rule 8). */
function thresholdBlock(
  state: ImageState,
  rule: VersionedRule,
  now: number,
  { crossing: by, setAside }: Extract<Judgement, { verdict: 'block' }>,
  findings: readonly HoldFinding[],
): Block {
  return {
    source: 'threshold',
    ref: String(state.round),
    reason: by.reason,
    note: null,
    since: now,
    ruleVersion: rule.version,
    evidence: {
      crossedBy: by.by,
      needed: by.needed,
      reporters: by.reporters,
      weight: by.weight,
      tally: state.tally,
      leftOut: state.leftOut,
      ...(setAside > 0 ? { setAside, findings } : {}),
    },
  };
}

/**
 * Is it time to open a case? At the first votes of the round, counted or not, however old (`caseAt`), and in a round after a
 * keep at K that count and are of the window, from however few networks (rule 9), or at the first severe vote (rule 6). Never beside a case that awaits a decision.
 * Votes after a moderator's block stay with what was decided: the image is hidden, and nobody has anything to add. What
 * another system recorded before the window opens none either, but for the severe reason: the archive of years would open thousands.
 */
function caseIsDue(
  state: ImageState,
  rule: VersionedRule,
  { severe = false, spoken, old = false }: Heard,
  held: boolean,
): boolean {
  if (awaitsDecision(state.case) || isBlockedBy('moderator', state.blocks)) return false;
  const urgent = severe || held || severeReporters(state.tally) > 0;
  if (isBlockedBy('threshold', state.blocks) || urgent) return true;
  if (old) return false;
  const people = spoken ?? reporters(state.tally);
  if (state.keptAt === null) return people + peopleLeftOut(state.leftOut) >= rule.rule.caseAt;
  return isReached(state.tally, rule.rule);
}

/** @param now when it opens: it is saved with the transaction */
export const newCase = (round: number, now: number): CaseState => ({
  id: null,
  round,
  status: 'open',
  held: false,
  hold: null,
  overdueFor: null,
  liftedAt: null,
  severe: false,
  flags: [],
  priority: 0,
  openedAt: now,
  waitingSince: now,
  version: 1,
  outcome: null,
  lease: null,
});

/** Sets the place in the queue of the case that awaits a decision, if one does. Severe stays severe. */
export function placeInQueue(state: ImageState, rule: VersionedRule, now: number): ImageState {
  if (!awaitsDecision(state.case)) return state;
  const facts = priorityFacts(state, state.case, rule, now);
  return { ...state, case: { ...state.case, severe: facts.severe, priority: priorityOf(facts) } };
}

/**
 * The same where time alone has not to lower it: further votes never make a case wait for longer, nor does an undo, or an
 * appeal that comes or goes. Nothing is held that the rule would not block.
 *
 * @param severe somebody newly gave that reason
 */
export function raiseInQueue(
  state: ImageState,
  rule: VersionedRule,
  now: number,
  severe = false,
): ImageState {
  const { case: waiting } = withoutNeedlessHold(state);
  if (!awaitsDecision(waiting)) return state;
  const facts = priorityFacts(state, severe ? { ...waiting, severe } : waiting, rule, now);
  const priority = raisedPriority(waiting.priority, facts);
  return { ...state, case: { ...waiting, severe: facts.severe, priority } };
}

const priorityFacts = (
  { blocks, tally, views }: ImageState,
  waiting: CaseState,
  rule: VersionedRule,
  now: number,
): PriorityFacts => ({
  severe: waiting.severe || severeReporters(tally) > 0,
  held: waiting.held,
  // An appeal asks for nothing any more once somebody else has lifted what hid the image.
  appealed: isAppealed(waiting) && blocks.some(({ source }) => source !== 'publisher'),
  reachedThreshold:
    isBlockedBy('threshold', blocks) || waiting.liftedAt !== null || isReached(tally, rule.rule),
  reason: commonestReason(tally),
  reporters: reporters(tally),
  viewsPerHour: viewsNow(views, now),
  openedAt: waiting.openedAt,
  waitingSince: waiting.waitingSince,
  now,
});

/** The event of a case that is new on this image. */
export const caseOpened = (state: ImageState, rule: VersionedRule): Draft => ({
  type: 'case.opened',
  actor: RULE,
  ruleVersion: rule.version,
  data: { round: state.round, again: state.keptAt !== null, severe: state.case?.severe },
});

/** The event of a block that is not the first to hide its image: what is seen tells nothing of it. */
export const blockAdded = ({ source, reason, ruleVersion, evidence, since }: Block): Draft => ({
  type: 'block.added',
  actor: RULE,
  ruleVersion,
  data: { source, reason, evidence: evidence ?? undefined, since },
});

/**
 * A case that is held goes to the top of the queue; what is blocked after all is not held any more. A case that is with the
 * leads stays there, and says why it would be held.
 */
function withHold(state: ImageState, judged: Judgement | null): ImageState {
  if (!awaitsDecision(state.case)) return state;
  if (judged?.verdict === 'hold')
    return { ...state, case: { ...state.case, hold: judged.hold, held: state.case.status === 'open' } };
  if (state.case.hold === null || !isBlockedBy('threshold', state.blocks)) return state;
  return { ...state, case: { ...state.case, hold: null, held: false } };
}

/** The event of a case that begins to be held, with the figures. */
const caseHeld = (hold: CaseHold, rule: VersionedRule): Draft => ({
  type: 'case.held',
  actor: RULE,
  ruleVersion: rule.version,
  data: { hold },
});

/**
 * Lets the rule look at an image: a block when it is crossed, a hold when it would be but for coordinated votes or the breaker,
 * a case when one is due, the case's place in the queue. One crossing adds one block and one event, `image.blocked` or, on an
 * image that is hidden already, `block.added` (rule 7).
 *
 * @param before as the command found the image
 */
export function applyRule(
  before: ImageState,
  state: ImageState,
  rule: VersionedRule,
  now: number,
  heard: Heard,
): { next: ImageState; drafts: readonly Draft[]; crossed: boolean } {
  const judged = judgeVotes(state, rule, now, heard);
  const block =
    judged?.verdict === 'block'
      ? thresholdBlock(state, rule, now, judged, heard.heard?.findings ?? [])
      : null;
  const blocked: ImageState = block === null ? state : { ...state, blocks: [...state.blocks, block] };
  const due = caseIsDue(blocked, rule, heard, judged?.verdict === 'hold');
  const opened = due ? { ...blocked, case: newCase(state.round, now) } : blocked;
  const next = raiseInQueue(withHold(opened, judged), rule, now, heard.severe === true);
  const hidden = before.blocks.length > 0 || state.blocks.length > 0;
  const beginsToBeHeld = next.case?.held === true && opened.case?.held !== true ? next.case.hold : null;
  const drafts = [
    ...(due ? [caseOpened(next, rule)] : []),
    ...(beginsToBeHeld === null ? [] : [caseHeld(beginsToBeHeld, rule)]),
    ...(block !== null && hidden ? [blockAdded(block)] : []),
  ];
  return { next, drafts, crossed: block !== null };
}
