import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import type { DecisionRequest } from '../contract/decisions.js';
import { notFound, VigieError } from '../core/errors.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';
import type { DecisionRow, DecisionsOnCase } from '../database/statements/cases/read-decisions.js';
import type { DecideImage, Outcome } from '../moderation/image-command.js';
import { escalated } from './find-case.js';
import { Views } from './views.js';

/** Why the neck did not take a decision. */
export type DecisionRefusal = Extract<Outcome, { ok: false }>['refusal'];

/** What the neck refused, with all that is needed to explain it. */
export interface RefusedDecision {
  readonly refusal: DecisionRefusal;
  readonly request: DecisionRequest;
  /** The case as it stands, and the latest decision on it. */
  readonly row: ReviewedCaseRow;
  readonly latest: DecisionRow | undefined;
}

/**
 * The first of a decision that was repeated because its answer got lost: the very same, by the very same person, whatever was
 * decided on the case since. The version of a case is decided on once, so it tells one decision from the next; a lease
 * token must be the first's. One that was undone is nobody's any more.
 */
export function firstOf(
  command: DecideImage,
  { atVersion: first }: DecisionsOnCase,
): DecisionRow | undefined {
  const token = command.seen?.leaseToken ?? null;
  return first !== undefined &&
    first.undoneAt === null &&
    first.staffId === command.staffId &&
    first.action === command.action &&
    first.policy === command.policy &&
    first.note === command.note &&
    first.reports === command.reports &&
    (token === null || first.leaseToken === token)
    ? first
    : undefined;
}

/** What no decision on a case is refused for. */
const OF_NO_CASE = [
  'unknown-image',
  'unknown-decision',
  'unknown-vote',
  'nothing-to-appeal',
  'own-block',
  'two-images',
] as const satisfies readonly DecisionRefusal[];
type OfNoCase = (typeof OF_NO_CASE)[number];

const isOfNoCase = (refusal: DecisionRefusal): refusal is OfNoCase =>
  (OF_NO_CASE as readonly DecisionRefusal[]).includes(refusal);

/** Explains why a decision was not taken: who was faster, with what, and what the loser had typed (invariant 8). */
@Injectable()
export class RefusedDecisions {
  constructor(private readonly views: Views) {}

  errorOf(caller: StaffCaller, { refusal, request, row, latest }: RefusedDecision): VigieError {
    const yours = { yours: request };
    if (isOfNoCase(refusal)) return notFound('case');
    if (refusal === 'needs-lead') return escalated(yours);
    const view = this.views.case(row, caller);
    return new VigieError('CASE_CONFLICT', this.sentence(caller, refusal, row, latest), [], {
      case: view,
      ...(view.lease === null ? {} : { holder: view.lease.holder, expiresAt: view.lease.expiresAt }),
      ...this.views.decided(latest),
      ...yours,
    });
  }

  private sentence(
    caller: StaffCaller,
    refusal: Exclude<DecisionRefusal, OfNoCase | 'needs-lead'>,
    row: ReviewedCaseRow,
    latest: DecisionRow | undefined,
  ): string {
    const who = latest === undefined ? 'Somebody' : latest.staffId === caller.staffId ? 'You' : latest.email;
    switch (refusal) {
      case 'case-closed':
        return row.outcome === 'superseded'
          ? 'The image was replaced while you looked at it: its address shows other bytes now. Look at the image anew.'
          : row.outcome === 'merged'
            ? 'This case was closed without a decision: its image became part of another one.'
            : `${who} decided this case already.`;
      case 'case-changed':
        return `${who} changed this case since you read it. Look at it as it is now, then decide.`;
      case 'case-leased':
        return row.lease === null
          ? 'Your lease on this case is over. Claim it again, then decide.'
          : row.lease.holderId === caller.staffId
            ? 'You hold this case in another window. Decide there.'
            : `${row.lease.email} works on this case now. Wait until the lease ends, or leave it to them.`;
      case 'case-escalated':
        return 'This case is with the leads already. Block or keep the image.';
      case 'severe-in-bulk':
        return 'Somebody gave the severe reason: open this case and decide it by itself.';
      case 'content-changed':
        return 'The image shows other bytes than those you looked at. Look at it as it is now, then decide.';
      case 'merged':
        return 'The image became part of another one. Look for its case there.';
      case 'not-latest':
      case 'newer-case':
      case 'newer-content':
        return 'Something newer was decided on this image.';
    }
  }
}
