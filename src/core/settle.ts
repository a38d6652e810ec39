import type { Actor } from './command.js';
import type { CoreEvent, EventType, Verdict } from './verdict.js';
import { type Block, type CaseState, type ImageState, strongestBlock, visibilityOf } from './image-state.js';

/** An event before the visible state is known. By the command's actor and without a rule, unless it says otherwise. */
export type Draft = Pick<CoreEvent, 'type' | 'data'> &
  Partial<Pick<CoreEvent, 'actor' | 'ruleVersion' | 'caseId'>>;

/** What a command changed, before version, `since` and the visibility event are worked out. */
export interface Change {
  readonly next: ImageState;
  readonly drafts: readonly Draft[];
  /** Who changed what is seen, if that changed. */
  readonly actor: Actor;
  /** Start of a blocked spell that begins with this change. */
  readonly now: number;
}

type Settled = Omit<Extract<Verdict, { ok: true }>, 'delta' | 'severeSpentBy' | 'superseded'>;

/**
 * Derives everything that follows from the blocks: version, `since`, review state, and exactly one event when the
 * visible state changed (invariant 6).
 *
 * @param other an image that becomes part of this one: the version passes whatever was seen of it, too (Absorb)
 */
export function settle(before: ImageState, change: Change, other: ImageState | null = null): Settled {
  const shown = strongestBlock(change.next.blocks);
  const shownBefore = strongestBlock(before.blocks);
  const differsFrom = (seen: ImageState): boolean => strongestBlock(seen.blocks)?.reason !== shown?.reason;
  const pass = (seen: ImageState): number => seen.version + (differsFrom(seen) ? 1 : 0);
  const next: ImageState = {
    ...change.next,
    version: Math.max(pass(before), other === null ? 0 : pass(other)),
    since: shown === null ? null : (change.next.since ?? change.now),
    reviewState: change.next.case?.status ?? change.next.reviewState,
  };
  const drafts: readonly Draft[] = differsFrom(before)
    ? [...change.drafts, visibilityDraft(shownBefore, shown, next.version)]
    : change.drafts;
  const seen = visibilityOf(next);
  // Who follows the log must learn of a merge whenever either image was ever blocked, even if nothing else changes.
  const seenChanged =
    differsFrom(before) ||
    isReviewed(seen) !== isReviewed(visibilityOf(before)) ||
    (other !== null && next.version > 0);
  const events = drafts.map((draft, index): CoreEvent => ({
    actor: change.actor,
    ruleVersion: null,
    ...draft,
    visibility: seenChanged && index === drafts.length - 1 ? seen : null,
  }));
  return { ok: true, next, events };
}

/** The one event for a change of what is seen, with its cause: the block that shows now, else the one that went. */
function visibilityDraft(was: Block | null, is: Block | null, version: number): Draft {
  const type: EventType =
    is === null ? 'image.unblocked' : was === null ? 'image.blocked' : 'image.reason-changed';
  const cause = is ?? was;
  return {
    type,
    ruleVersion: is?.ruleVersion ?? null,
    data: {
      version,
      source: cause?.source,
      reason: cause?.reason,
      evidence: cause?.evidence ?? undefined,
      since: is?.since,
    },
  };
}

const isReviewed = (visibility: ReturnType<typeof visibilityOf>): boolean =>
  visibility.blocked && visibility.reviewed;

/** A case as a decision, an undo or a merge leaves it: its version rises and its lease ends. */
export const turn = (
  moderationCase: CaseState,
  to: Partial<Pick<CaseState, 'status' | 'outcome' | 'held'>>,
): CaseState => ({ ...moderationCase, ...to, version: moderationCase.version + 1, lease: null });

/** Nothing to do: what was asked for is already so. */
export const unchanged = (state: ImageState): Verdict => ({
  ok: true,
  next: state,
  events: [],
  delta: null,
  severeSpentBy: null,
});
