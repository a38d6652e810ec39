import type { Actor } from '../command.js';
import { awaitsDecision, type Block, type CaseState, type ImageState, isBlockedBy } from '../image-state.js';
import { priorityOf } from '../priority.js';
import { peopleLeftOut } from '../left-out.js';
import type { Draft } from '../settle.js';
import { reporters, type Tally } from '../tally.js';
import { type Crossing, crossing, factorNow, severeCrossing, severeReporters } from '../threshold.js';
import type { VersionedRule } from '../threshold-rule.js';

/** What a rule does is the rule's own act, whoever's command made it look. */
export const RULE: Actor = { kind: 'rule', id: null };

/** May a rule block this image now? Protection, a standing rule's or moderator's block, and the site's switch say no. */
const mayBlock = (state: ImageState, rule: VersionedRule): boolean =>
  rule.rule.autoBlock &&
  !state.protected &&
  !isBlockedBy('threshold', state.blocks) &&
  !isBlockedBy('moderator', state.blocks);

/** What the rule hears of an image besides its state. */
export interface Heard {
  /** The state's tally with the networks that its votes come from; null where nothing can cross. */
  readonly withNetworks: Tally | null;
  /** A single severe vote may block, its budgets are left. */
  readonly alone?: boolean;
  /** Somebody newly gave the severe reason whose vote is not counted. */
  readonly severe?: boolean;
}

/**
 * The crossing that blocks the image now, if any. The severe reason blocks at two reporters on two wide networks, or
 * alone when `alone`, but never again on its own once these bytes were kept (docs/rules.md, rule 6).
 */
export function crossingNow(
  state: ImageState,
  rule: VersionedRule,
  now: number,
  { withNetworks, alone = false }: Heard,
): Crossing | null {
  if (!mayBlock(state, rule)) return null;
  const tally = withNetworks ?? state.tally;
  const counted = crossing(tally, rule.rule, factorNow(rule.rule, state.keptAt, now));
  if (counted !== null || state.keptAt !== null) return counted;
  return severeCrossing(tally, rule.rule, alone ? 1 : 2);
}

/** The block that a crossing adds, with its evidence frozen (rule 8). */
const thresholdBlock = (state: ImageState, rule: VersionedRule, now: number, by: Crossing): Block => ({
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
    tally: state.tally,
    leftOut: state.leftOut,
  },
});

/**
 * Is it time to open a case? At the first votes, counted or not (`caseAt`), and in a round after a keep at K that count,
 * from however few networks (rule 9), or at the first severe vote (rule 6). Never beside a case that awaits a decision.
 * Votes after a moderator's block stay with what was decided: the image is hidden, and nobody has anything to add.
 */
function caseIsDue(state: ImageState, rule: VersionedRule, severe: boolean): boolean {
  if (awaitsDecision(state.case) || isBlockedBy('moderator', state.blocks)) return false;
  if (isBlockedBy('threshold', state.blocks) || severe || severeReporters(state.tally) > 0) return true;
  if (state.keptAt === null) return reporters(state.tally) + peopleLeftOut(state.leftOut) >= rule.rule.caseAt;
  return crossing(state.tally, rule.rule, 1) !== null;
}

export const newCase = (round: number): CaseState => ({
  id: null,
  round,
  status: 'open',
  held: false,
  severe: false,
  flags: [],
  priority: 0,
  version: 1,
  outcome: null,
  lease: null,
});

/** Sets the place in the queue of the case that awaits a decision, if one does. Severe stays severe. */
export function placeInQueue(state: ImageState, rule: VersionedRule, severeHeard = false): ImageState {
  if (!awaitsDecision(state.case)) return state;
  const severe = state.case.severe || severeHeard || severeReporters(state.tally) > 0;
  const priority = priorityOf({
    reporters: reporters(state.tally),
    reachedThreshold: isBlockedBy('threshold', state.blocks) || crossing(state.tally, rule.rule, 1) !== null,
    held: state.case.held,
    severe,
  });
  return { ...state, case: { ...state.case, severe, priority } };
}

/** The event of a case that is new on this image. */
export const caseOpened = (state: ImageState, rule: VersionedRule): Draft => ({
  type: 'case.opened',
  actor: RULE,
  ruleVersion: rule.version,
  data: { round: state.round, again: state.keptAt !== null, severe: state.case?.severe },
});

/** The event of a block that is not the first to hide its image: what is seen tells nothing of it. */
export const blockAdded = ({ source, reason, ruleVersion, evidence }: Block): Draft => ({
  type: 'block.added',
  actor: RULE,
  ruleVersion,
  data: { source, reason, evidence: evidence ?? undefined },
});

/**
 * Lets the rule look at an image: a block when it is crossed, a case when one is due, the case's place in the queue.
 * One crossing adds one block and one event, `image.blocked` or, on an image that is hidden already, `block.added`
 * (rule 7).
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
  const crossed = crossingNow(state, rule, now, heard);
  const block = crossed === null ? null : thresholdBlock(state, rule, now, crossed);
  const blocked: ImageState = block === null ? state : { ...state, blocks: [...state.blocks, block] };
  const due = caseIsDue(blocked, rule, heard.severe === true);
  const next = placeInQueue(due ? { ...blocked, case: newCase(state.round) } : blocked, rule, heard.severe);
  const hidden = before.blocks.length > 0 || state.blocks.length > 0;
  const drafts = [
    ...(due ? [caseOpened(next, rule)] : []),
    ...(block !== null && hidden ? [blockAdded(block)] : []),
  ];
  return { next, drafts, crossed: crossed !== null };
}
