import type { Absorb, Actor } from '../command.js';
import type { Verdict } from '../verdict.js';
import { isHuman } from '../human-word.js';
import {
  awaitsDecision,
  type Block,
  type CaseState,
  type ImageState,
  isAppealed,
  saidOfLifted,
  withoutHold,
  withoutOutranked,
} from '../image-state.js';
import { SEVERE_REASON } from '../reasons.js';
import { type Draft, settle } from '../settle.js';
import type { VersionedRule } from '../threshold-rule.js';
import { viewsOfBoth } from '../views.js';
import { applyRule, caseOpened, RULE } from './apply-rule.js';

/**
 * Another image becomes part of this one (docs/adr/0004). No person's block is lost, the votes count together, the
 * later keep and either protection stand, and a case that awaits a decision on either goes on. What machines did to one, or
 * would have but for a hold, gives way to a keep of the other: the votes of both are then judged as those that come after a keep.
 */
export function absorb(
  state: ImageState,
  command: Absorb,
  actor: Actor,
  rule: VersionedRule,
  now: number,
): Verdict {
  const { other } = command;
  const { own, carried, standing } = blocksOfBoth(state, other, actor);
  const isProtected = state.protected || other.protected;
  const joined: ImageState = {
    ...state,
    blocks: withoutOutranked([...own, ...carried], isProtected),
    protected: isProtected,
    keptAt: ofBoth(Math.max, state.keptAt, other.keptAt),
    since: ofBoth(Math.min, state.since, other.since),
    tally: command.tally,
    leftOut: command.leftOut,
    content: state.content ?? other.content,
    contentChangedAt: changedAt(state, other, carried, actor),
    views: viewsOfBoth(state.views, other.views, now),
    case: caseBeside(state, other),
  };
  const adopted = adoptCase(joined, caseBeside(other, state), now);
  const { next, drafts } = applyRule(state, adopted, rule, now, {
    heard: command.heard,
    breaker: command.breaker ?? null,
  });
  const stood = [...state.blocks, ...other.blocks];
  const lifted = saidOfLifted(stood, isProtected ? withoutOutranked(stood, true) : standing);
  const merged: Draft = {
    type: 'image.merged',
    data: { merged: command.otherId, blocks: carried.map(({ source }) => source), lifted },
  };
  const opened = adopted.case?.id === null && joined.case?.id !== null ? [caseOpened(next, rule)] : [];
  const settled = settle(state, { next, drafts: [merged, ...opened, ...drafts], actor, now }, other);
  return { ...settled, delta: null, severeSpentBy: null };
}

/**
 * Since when the bytes are there that are shown: where the two are one because of them, no later than anybody blocked them
 * on either, or that block would be taken for one of earlier bytes (src/core/human-word.ts).
 */
function changedAt(
  state: ImageState,
  other: ImageState,
  carried: readonly Block[],
  actor: Actor,
): number | null {
  if (state.content === null) return other.contentChangedAt;
  if (state.contentChangedAt === null || actor.kind !== RULE.kind) return state.contentChangedAt;
  return Math.min(state.contentChangedAt, ...carried.map(({ since }) => since));
}

/**
 * What stands of the blocks of an image, and of the other that becomes part of it: what it has of its own and what comes along,
 * each cause once; and all of both that give way to no keep.
 */
export function blocksOfBoth(
  state: ImageState,
  other: ImageState,
  actor: Actor,
): {
  readonly own: readonly Block[];
  readonly carried: readonly Block[];
  readonly standing: readonly Block[];
} {
  const own = besideKeep(state, other, actor);
  const others = besideKeep(other, state, actor);
  return {
    own,
    carried: carriedOver({ ...state, blocks: own }, others),
    standing: [...own, ...others],
  };
}

/**
 * The blocks of an image that stand beside another, which a person may have kept: readers of a copy hide it no more easily
 * than its own (docs/rules.md, rule 11). The severe reason's give way only where the very bytes were kept (rule 6), which
 * the rule says that joins them, and not the site that binds an address.
 */
const besideKeep = (image: ImageState, beside: ImageState, actor: Actor): readonly Block[] =>
  givesWay(image, beside)
    ? image.blocks.filter(
        (block) => isHuman(block) || (block.reason === SEVERE_REASON && actor.kind !== RULE.kind),
      )
    : image.blocks;

/** The case of an image beside another: fewer than block after a keep hold nothing. */
const caseBeside = (image: ImageState, beside: ImageState): CaseState | null =>
  givesWay(image, beside) ? withoutHold(image).case : image.case;

/** Has a person kept the other, and only the other? */
const givesWay = ({ keptAt }: ImageState, beside: ImageState): boolean =>
  keptAt === null && beside.keptAt !== null;

/** The other's blocks that say something new here: a publisher's word and a rule's crossing count once. */
function carriedOver(state: ImageState, blocks: readonly Block[]): readonly Block[] {
  const here = (block: Block): boolean =>
    state.blocks.some(
      ({ source, ref }) =>
        source === block.source && (source === 'publisher' || source === 'threshold' || ref === block.ref),
    );
  const round = String(state.round);
  return blocks
    .filter((block) => !here(block))
    .map((block) => (block.source === 'threshold' ? { ...block, ref: round } : block));
}

/** A case that awaits a decision on the other goes on here, unless this image's round has one of its own. */
function adoptCase(state: ImageState, waiting: CaseState | null, now: number): ImageState {
  const hasOwn = awaitsDecision(state.case) || state.case?.round === state.round;
  if (!awaitsDecision(waiting)) return state;
  if (hasOwn) return withLifting(withAppeal(withUrgency(state, waiting), waiting), waiting);
  const { round } = state;
  return { ...state, case: { ...waiting, id: null, round, openedAt: now, version: 1, lease: null } };
}

/** What was said before the other's block was lifted blocks this one neither. */
const withLifting = (state: ImageState, { liftedAt }: CaseState): ImageState =>
  state.case !== null && liftedAt !== null && liftedAt > (state.case.liftedAt ?? 0)
    ? { ...state, case: { ...state.case, liftedAt } }
    : state;

/** What is urgent stays so: also by a report that does not count, of which the tally says nothing (docs/rules.md, rule 6). */
const withUrgency = (state: ImageState, { severe }: CaseState): ImageState =>
  awaitsDecision(state.case) && severe ? { ...state, case: { ...state.case, severe } } : state;

/** What the site asked for the other, it asks for this one. */
const withAppeal = (state: ImageState, of: CaseState): ImageState =>
  awaitsDecision(state.case) && isAppealed(of) && !isAppealed(state.case)
    ? { ...state, case: { ...state.case, flags: [...state.case.flags, 'appealed'] } }
    : state;

const ofBoth = (
  choose: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null => (a === null || b === null ? (a ?? b) : choose(a, b));
