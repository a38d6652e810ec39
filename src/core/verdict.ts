import type { Actor, Delta } from './command.js';
import type { CaseState, ImageState, Visibility } from './image-state.js';

export type EventType =
  | 'image.blocked'
  | 'image.unblocked'
  | 'image.reason-changed'
  | 'image.merged'
  | 'block.added'
  | 'block.removed'
  | 'case.opened'
  | 'case.escalated'
  | 'case.resolved'
  | 'case.flagged'
  | 'case.held'
  | 'case.overdue'
  | 'decision.made'
  | 'decision.undone'
  | 'protection.set'
  | 'protection.lifted'
  | 'image.appealed'
  | 'appeal.withdrawn'
  | 'addresses.bound'
  | 'address.parted'
  | 'content.changed'
  | 'content.announced'
  | 'reporter.muted'
  | 'reporter.unmuted'
  | 'site.breaker';

/** A line of the log before it has a number. `visibility` is what is seen from then on, where that changed. */
export interface CoreEvent {
  readonly type: EventType;
  readonly actor: Actor;
  readonly ruleVersion: number | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly visibility: Visibility | null;
  /** The case it is about, where that is not the image's own. */
  readonly caseId?: string | null;
}

/** Why a command is refused without anything having changed. */
export type Refusal =
  | 'case-closed'
  | 'case-changed'
  | 'content-changed'
  | 'case-leased'
  | 'case-escalated'
  | 'needs-lead'
  | 'severe-in-bulk'
  | 'not-latest'
  | 'newer-case'
  | 'newer-content'
  | 'nothing-to-appeal'
  | 'own-block';

/** What a command leads to. Refusals are expected outcomes, so they are returned. */
export type Verdict =
  | {
      readonly ok: true;
      readonly next: ImageState;
      readonly events: readonly CoreEvent[];
      /** What a decision took away and added. */
      readonly delta: Delta | null;
      /** Index in `votes` of the vote that blocked alone and spent its reporter's and the site's severe budget. */
      readonly severeSpentBy: number | null;
      /** The case of bytes that went, closed; beside it the image may have a new one. */
      readonly superseded?: CaseState;
    }
  | { readonly ok: false; readonly refusal: Refusal };
